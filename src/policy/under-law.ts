import { lawVersion, type Jurisdiction, type LawRule, type Mark } from './jurisdiction.ts';
import type { Pack, Text } from './pack.ts';
import { endOfService } from './policy-words.ts';

/** One thing that the law makes otherwise than the brand's policy has it. */
export type LawChange = {
  readonly what: 'review' | 'waiting' | 'end-of-service' | 'number-rests' | 'proofs' | 'credit' | 'channels';
  readonly from: Text;
  readonly to: Text;
  readonly because: Text;
  readonly source: string;
  readonly mark: Mark;
  /** `hk@2022-03-01`. */
  readonly law: string;
};
export type UnderLaw = { readonly pack: Pack; readonly changes: readonly LawChange[] };

/**
 * The pack as the laws let it hold: of policy and law, what is stricter for the operator and better for the subscriber wins.
 * The order of the laws does not matter. A pack that already does what they ask comes back as it is.
 */
export const underLaw = (pack: Pack, laws: readonly Jurisdiction[]): UnderLaw =>
  laws.flatMap(demands).toSorted((one, other) => one.turn - other.turn).reduce<UnderLaw>((before, { law, rule, apply }) => {
    const made = apply(before.pack);
    if (made === undefined) return before;
    const because = { because: rule.says, source: rule.source, mark: rule.mark, law };
    return { pack: made.pack, changes: [...before.changes, ...made.changes.map((change) => ({ ...change, ...because }))] };
  }, { pack, changes: [] });

type Made = { readonly pack: Pack; readonly changes: readonly Pick<LawChange, 'what' | 'from' | 'to'>[] };
/** `apply`: nothing where the pack does it already. `turn`: limits in working days come before those in calendar days, the shortest first. */
type Demand = { readonly law: string; readonly turn: number; readonly rule: LawRule; readonly apply: (pack: Pack) => Made | undefined };

const demands = (law: Jurisdiction): Demand[] => {
  const demand = (rule: LawRule, apply: Demand['apply'], turn = 0): Demand => ({ law: lawVersion(law), turn, rule, apply });
  const { numberRests, creditRefunded, online, endDay } = law;
  return [
    ...law.deadlines.map((rule) => demand(rule, (pack) => withinDeadline(pack, rule), turnOf(rule))),
    ...law.forbiddenProofs.map((rule) => demand(rule, (pack) => withoutProof(pack, rule.proof))),
    ...(numberRests === undefined ? [] : [demand(numberRests, (pack) => rested(pack, numberRests))]),
    ...(creditRefunded === undefined ? [] : [demand(creditRefunded, refunded)]),
    ...(online === undefined ? [] : [demand(online, takenOnline)]),
    ...(endDay === undefined ? [] : [demand(endDay, (pack) => dayTaken(pack, endDay.latestDays), afterAllOthers)]),
  ];
};
/** A deadline can make a policy's end of the month the next possible day; only then is there one to choose. */
const afterAllOthers = Number.MAX_SAFE_INTEGER;
const turnOf = ({ of, most, count }: Jurisdiction['deadlines'][number]): number => (count === 'working' ? 0 : 100_000) + 10 * most + (of === 'review' ? 1 : 2);

/**
 * So many calendar days at most pass until `working` working days are over, wherever they begin: each is taken for two, and
 * ten for holidays in between, more than any table under policies/calendars/ has.
 */
export const longest = (working: number): number => 2 * working + 10;

const withinDeadline = (pack: Pack, { of, most, count }: Jurisdiction['deadlines'][number]): Made | undefined => {
  const { review } = pack;
  const had = review.workingDays;
  const asCalendarDays = review.everyDayCounts || (count === 'calendar' && longest(had.most) > most);
  const reviewMost = count === 'working' || asCalendarDays ? Math.min(had.most, most) : had.most;
  const taken = review.reviewers === 0 ? 0 : count === 'calendar' && !asCalendarDays ? longest(reviewMost) : reviewMost;
  const left = Math.max(0, most - taken);
  const recoverableDays = of === 'end' ? Math.min(pack.recoverableDays, left) : pack.recoverableDays;
  const reviewChanges = review.reviewers > 0 && (reviewMost !== had.most || asCalendarDays !== review.everyDayCounts);
  const waitingChanges = recoverableDays !== pack.recoverableDays;
  // A subscriber who names a later day wants it; a policy that makes everybody wait for the end of the month does not stand against a deadline.
  const endChanges = of === 'end' && pack.end.service === 'end-of-term';
  if (!reviewChanges && !waitingChanges && !endChanges) return undefined;
  const after: Pack = {
    ...pack,
    // What is promised as the least is no reason to take longer than the law gives.
    ...(reviewChanges ? { review: { ...review, everyDayCounts: asCalendarDays, workingDays: { least: had.least < reviewMost ? had.least : 0, most: reviewMost } } } : {}),
    recoverableDays,
    ...(endChanges ? { end: { ...pack.end, service: 'at-once' as const } } : {}),
  };
  return {
    pack: after,
    changes: [
      ...(reviewChanges ? [{ what: 'review' as const, from: reviewInWords(pack), to: reviewInWords(after) }] : []),
      ...(endChanges ? [{ what: 'end-of-service' as const, from: endOfService(pack), to: endOfService(after) }] : []),
      ...(waitingChanges ? [{ what: 'waiting' as const, from: daysInWords(pack.recoverableDays), to: daysInWords(recoverableDays) }] : []),
    ],
  };
};

/**
 * The declaration stands with its day, whatever is reviewed meanwhile. A paid month that runs to its end is no day of the operator's choosing:
 * it stays, and the day names the month. Until the chosen day the line works, so until then its month is charged.
 */
export const endWithDay = (end: Pack['end'], latestDays: number): Pack['end'] => {
  const chosen = { earliestDays: 0, latestDays: Math.max(latestDays, end.chosen?.latestDays ?? 0), asDeclared: true as const };
  return end.service === 'end-of-term' ? { ...end, chosen } : { service: 'chosen-day', billing: end.service === 'at-once' && end.billing === 'at-once' ? 'with-service' : end.billing, chosen };
};
const dayTaken = (pack: Pack, latestDays: number): Made | undefined => {
  const { end } = pack;
  if (end.chosen?.asDeclared && end.chosen.earliestDays === 0 && end.chosen.latestDays >= latestDays) return undefined;
  const after: Pack = { ...pack, end: endWithDay(end, latestDays) };
  return { pack: after, changes: [{ what: 'end-of-service', from: endOfService(pack), to: endOfService(after) }] };
};

const rested = (pack: Pack, { leastDays, mostDays }: NonNullable<Jurisdiction['numberRests']>): Made | undefined => {
  const quarantineDays = Math.min(Math.max(pack.quarantineDays, leastDays), mostDays ?? Number.POSITIVE_INFINITY);
  return quarantineDays === pack.quarantineDays ? undefined
    : { pack: { ...pack, quarantineDays }, changes: [{ what: 'number-rests', from: daysInWords(pack.quarantineDays), to: daysInWords(quarantineDays) }] };
};

const withoutProof = (pack: Pack, proof: Jurisdiction['forbiddenProofs'][number]['proof']): Made | undefined => {
  const ways = pack.identity.proofs.filter((together) => !(together as readonly string[]).includes(proof));
  const documents = proof === 'document' ? [] : pack.identity.documents;
  if (ways.length === pack.identity.proofs.length && documents.length === pack.identity.documents.length) return undefined;
  return { pack: { ...pack, identity: { ...pack.identity, proofs: ways, documents } }, changes: [{ what: 'proofs', from: proofInWords(proof), to: notAsked }] };
};

const refunded = (pack: Pack): Made | undefined => {
  const { credit } = pack.settlement;
  if (credit === 'refund') return undefined;
  return {
    // A rule that sends the subscriber away to spend the credit first goes with the demand that it made good.
    pack: { ...pack, settlement: { ...pack.settlement, credit: 'refund' }, eligibility: pack.eligibility.filter((rule) => !(rule.answer === 'not-yet' && rule.when.credit === 'some')) },
    changes: [{ what: 'credit', from: creditInWords[credit], to: creditInWords.refund }],
  };
};

const takenOnline = (pack: Pack): Made | undefined =>
  pack.channels.includes('web') ? undefined
    : { pack: { ...pack, channels: ['web', ...pack.channels] }, changes: [{ what: 'channels', from: notOnline, to: alsoOnline }] };

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const daysInWords = (days: number): Text => ({ 'zh-CN': `${days}天`, 'zh-TW': `${days}天`, en: plural(days, 'day') });
const reviewInWords = ({ review: { workingDays: { most }, everyDayCounts } }: Pack): Text => everyDayCounts
  ? { 'zh-CN': `最长${most}个自然日`, 'zh-TW': `最長${most}個日曆天`, en: `at most ${plural(most, 'calendar day')}` }
  : { 'zh-CN': `最长${most}个工作日`, 'zh-TW': `最長${most}個工作天`, en: `at most ${plural(most, 'working day')}` };
const creditInWords: Record<Pack['settlement']['credit'], Text> = {
  refund: { 'zh-CN': '退还余额', 'zh-TW': '退還餘額', en: 'credit is given back' },
  forfeit: { 'zh-CN': '余额作废', 'zh-TW': '餘額失效', en: 'credit is lost' },
  'zero-demanded': { 'zh-CN': '先用完余额', 'zh-TW': '先用完餘額', en: 'credit has to be used up first' },
};
const proofWords: Partial<Record<string, Text>> = {
  'contact-code': { 'zh-CN': '验证码', 'zh-TW': '驗證碼', en: 'a one-time code' },
  document: { 'zh-CN': '证件', 'zh-TW': '證件', en: 'an identity document' },
  'security-question': { 'zh-CN': '安全问题', 'zh-TW': '安全問題', en: 'a security question' },
};
const proofInWords = (proof: string): Text => proofWords[proof] ?? { 'zh-CN': proof, 'zh-TW': proof, en: proof };
const notAsked: Text = { 'zh-CN': '不要求', 'zh-TW': '不要求', en: 'not asked for' };
const notOnline: Text = { 'zh-CN': '不能在线办理', 'zh-TW': '無法線上辦理', en: 'not online' };
const alsoOnline: Text = { 'zh-CN': '也可以在线办理', 'zh-TW': '也可以線上辦理', en: 'online too' };
