import type { Frame } from '../design/index.ts';
import type { OpenEntry } from '../policy/laws.ts';
import type { Pack } from '../policy/pack.ts';
import type { StageName } from '../policy/stages.ts';
import type { Words } from './words.tsx';

/** What every page of the portal gets: its frame, its words, the brand's pack, and where its links begin. */
export type Place = {
  readonly frame: Frame;
  readonly words: Words;
  readonly pack: Pack;
  /** `/<brand>` */
  readonly base: string;
  /** Goes with every form, see `our-forms.ts`. */
  readonly token: string;
  /** The largest file that may be sent, in words: `10 MB`. */
  readonly uploadMost: string;
  /** Ways in without sign-in that some law demands. */
  readonly entries: readonly OpenEntry[];
};

const pathsUnder = (base: string) => ({
  home: `${base}/`,
  signIn: `${base}/sign-in`,
  signOut: `${base}/sign-out`,
  reset: `${base}/reset`,
  resetCode: `${base}/reset/code`,
  line: (lineId: string) => `${base}/lines/${lineId}`,
  preparation: (lineId: string) => `${base}/lines/${lineId}/cancel`,
  payBill: (lineId: string) => `${base}/lines/${lineId}/pay-bill`,
  unbind: (lineId: string) => `${base}/lines/${lineId}/unbind`,
  takeData: (lineId: string) => `${base}/lines/${lineId}/data`,
  stage: (lineId: string, stage: StageName) => (stage === 'preparation' ? `${base}/lines/${lineId}/cancel` : `${base}/lines/${lineId}/cancel/${stage}`),
  application: (lineId: string) => `${base}/lines/${lineId}/cancel/application`,
  consequences: (lineId: string) => `${base}/lines/${lineId}/cancel/consequences`,
  check: (lineId: string) => `${base}/lines/${lineId}/cancel/check`,
  agreement: (lineId: string, id: string) => `${base}/lines/${lineId}/cancel/agreements/${id}/to-read.pdf`,
  signedInDraft: (lineId: string, id: string) => `${base}/lines/${lineId}/cancel/agreements/${id}/signed.pdf`,
  sign: (lineId: string) => `${base}/lines/${lineId}/cancel/agreements/sign`,
  signedAgreement: (number: string, id: string) => `${base}/cases/${number}/agreements/${id}/signed.pdf`,
  proof: (lineId: string) => `${base}/lines/${lineId}/cancel/proof`,
  proofCode: (lineId: string) => `${base}/lines/${lineId}/cancel/proof/code`,
  proofDocument: (lineId: string) => `${base}/lines/${lineId}/cancel/proof/document`,
  proofQuestion: (lineId: string) => `${base}/lines/${lineId}/cancel/proof/question`,
  /** From a message during a call. */
  signing: (token: string) => `${base}/sign/${token}`,
  /** From a mail. */
  confirm: (token: string) => `${base}/confirm/${token}`,
  paper: (lineId: string) => `${base}/lines/${lineId}/cancel/paper.pdf`,
  letter: (lineId: string) => `${base}/lines/${lineId}/letter`,
  caseLetter: (number: string) => `${base}/cases/${number}/letter`,
  blankLetter: `${base}/letter`,
  messages: (lineId: string) => `${base}/lines/${lineId}/messages`,
  applyFromMessages: (lineId: string) => `${base}/lines/${lineId}/messages/apply`,
  attachment: (lineId: string, id: string) => `${base}/lines/${lineId}/messages/attachments/${id}`,
  caseMessages: (number: string) => `${base}/cases/${number}/messages`,
  /** By application number, as it stands on every notice. */
  status: (number: string) => `${base}/cases/${number}`,
  receipt: (number: string) => `${base}/cases/${number}/receipt`,
  supplement: (number: string) => `${base}/cases/${number}/supplement`,
  confirmAgain: (number: string) => `${base}/cases/${number}/confirm-again`,
  withdraw: (number: string) => `${base}/cases/${number}/withdraw`,
  appeal: (number: string) => `${base}/cases/${number}/appeal`,
  certificate: (number: string) => `${base}/cases/${number}/certificate.jws`,
  certificatePdf: (number: string) => `${base}/cases/${number}/certificate.pdf`,
  record: (number: string) => `${base}/cases/${number}/record.zip`,
  saidDeleted: (number: string) => `${base}/cases/${number}/profile-deleted`,
  deleteEsim: `${base}/esim/delete`,
  caseDataRequests: (number: string) => `${base}/cases/${number}/data-requests`,
  afterwards: (number: string) => `${base}/cases/${number}/afterwards`,
  lookUp: `${base}/status`,
  lookUpCode: `${base}/status/code`,
  visit: `${base}/status/case`,
  verify: `${base}/verify`,
  keys: `${base}/certificate-keys.json`,
  account: `${base}/account`,
  dataRequests: `${base}/account/data-requests`,
  securityQuestion: `${base}/account/question`,
  setQuestion: `${base}/account/question/set`,
  statements: `${base}/statement`,
  /** `path` of an open entry. */
  statement: (path: string) => `${base}/statement/${path}`,
  statementReceipt: `${base}/statement/receipt`,
  statementFile: `${base}/statement/receipt.txt`,
  find: `${base}/find`,
  help: `${base}/help`,
  questions: `${base}/questions`,
  safety: `${base}/safety`,
});

const made = new Map<string, ReturnType<typeof pathsUnder>>();
/** Made once a brand; only of brands that there are, so they are few. */
export const paths = (base: string): ReturnType<typeof pathsUnder> => {
  const known = made.get(base) ?? pathsUnder(base);
  made.set(base, known);
  return known;
};
