import type { Frame } from '../design/index.ts';
import type { Pack } from '../policy/pack.ts';
import type { Words } from './words.tsx';

/** What every page of the console gets. */
export type Place = {
  readonly frame: Frame;
  readonly words: Words;
  /** The pack in force now: the brand's name and colours. A case is read under its own. */
  readonly pack: Pack;
  /** `/<brand>/console` */
  readonly base: string;
  /** Goes with every form. */
  readonly token: string;
};

export const paths = (base: string) => ({
  home: base,
  tab: (tab: string) => (tab === 'reviewing' ? base : `${base}?tab=${tab}`),
  find: `${base}/find`,
  signIn: `${base}/sign-in`,
  signOut: `${base}/sign-out`,
  case: (number: string) => `${base}/cases/${number}`,
  document: (number: string, documentId: string) => `${base}/cases/${number}/documents/${documentId}`,
  approve: (number: string) => `${base}/cases/${number}/approve`,
  ask: (number: string) => `${base}/cases/${number}/ask`,
  refuse: (number: string) => `${base}/cases/${number}/refuse`,
  waiting: (number: string) => `${base}/cases/${number}/waiting`,
  calls: `${base}/calls`,
  call: (callId: string) => `${base}/calls/${callId}`,
  callCode: (callId: string) => `${base}/calls/${callId}/code`,
  callProve: (callId: string) => `${base}/calls/${callId}/prove`,
  callNames: (callId: string) => `${base}/calls/${callId}/names`,
  callEnd: (callId: string) => `${base}/calls/${callId}/end`,
  /** What is done on the phone for one line: `form`, `consequences`, `check`, … */
  callLine: (callId: string, lineId: string, what = '') => `${base}/calls/${callId}/lines/${lineId}${what === '' ? '' : `/${what}`}`,
  threads: `${base}/threads`,
  thread: (lineId: string) => `${base}/threads/${lineId}`,
  threadAttachment: (lineId: string, id: string) => `${base}/threads/${lineId}/attachments/${id}`,
  social: `${base}/social`,
  findings: (query: Readonly<Record<string, string>> = {}) => `${base}/findings${Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`}`,
  /** `ordered`: the one that was ordered again just now. */
  aside: (ordered = '') => `${base}?tab=stalled${ordered === '' ? '' : `&aside=${ordered}`}`,
  orderAside: (id: string) => `${base}/set-aside/${id}`,
  mend: (id: string) => `${base}/findings/${id}/mend`,
  bulk: `${base}/bulk`,
  bulkOrder: (orderId: string, query: Readonly<Record<string, string>> = {}) => `${base}/bulk/${orderId}${Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`}`,
  bulkAct: (orderId: string, act: string) => `${base}/bulk/${orderId}/${act}`,
  bulkResult: (orderId: string) => `${base}/bulk/${orderId}/result.csv`,
  deadlines: (query: Readonly<Record<string, string>> = {}) => `${base}/deadlines${Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`}`,
  dataRequest: (id: string) => `${base}/data-requests/${id}`,
  statements: `${base}/statements`,
  statement: (id: string) => `${base}/statements/${id}`,
  refunds: `${base}/refunds`,
  mendRefund: (id: string) => `${base}/refunds/${id}`,
  papers: `${base}/papers`,
  paper: (code: string) => `${base}/papers/${encodeURIComponent(code)}`,
  resolutions: (number: string) => `${base}/cases/${number}/resolutions`,
  resolution: (number: string, id: string) => `${base}/cases/${number}/resolutions/${id}`,
  resume: (number: string) => `${base}/cases/${number}/resume`,
});
