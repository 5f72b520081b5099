/** Makes notices of what happened, in the transaction in which it happens. */
import { randomBytes } from 'node:crypto';
import { isOrdered, type Asked, type Cancellation } from '../cancellation/cancellation.ts';
import { nextReminder, type EsimRemoval } from '../cancellation/esim-removal.ts';
import { unreachable } from '../cancellation/result.ts';
import type { Language, Pack } from '../policy/pack.ts';
import { forRegion, type Packs } from '../policy/packs.ts';
import { dayIsOver, endAsFixed, todayIn } from '../policy/end.ts';
import { barsAtOnce } from '../policy/bars-at-once.ts';
import { lapsesAt, type NoticeTemplate } from '../policy/what-follows.ts';
import type { Clock } from '../store/clock.ts';
import { loadCancellations } from '../store/cancellations.ts';
import { removalsOf } from '../store/card-reports.ts';
import { hashOfLink, keepLinks, roundsOf, type OpenRound } from '../store/confirmations.ts';
import type { Tx } from '../store/db.ts';
import { contextOf, opened } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import { queueNotices, type Enqueue, type NewNotice } from './queue.ts';
import { reachForCases, reachForCode, reachForLine } from './reach.ts';
import type { Telling } from './templates.ts';

export type TellTools = { readonly vault: Pick<Vault, 'keyring'>; readonly clock: Clock; readonly packs: Packs; readonly enqueue: Enqueue; /** Nobody can be told: for an alarm. */ readonly onUnreachable: (caseId: string, template: string) => void };
export type CaseTelling = { readonly brand: string; readonly subscriberId: string; readonly caseId: string; readonly template: NoticeTemplate };

type Link = OpenRound & { readonly token: string };

/** A link of its own for each mail, so that none has to be kept in the clear for the next. */
const newLinks = async (tx: Tx, tellings: readonly CaseTelling[], now: Date): Promise<Map<string, Link>> => {
  const asking = tellings.filter(({ template }) => template === 'confirm' || template === 'confirm-reminder');
  if (asking.length === 0) return new Map();
  const rounds = await roundsOf(tx, asking.map(({ caseId }) => caseId));
  const links = asking.flatMap(({ caseId, brand }) => {
    const round = rounds.get(caseId);
    return round === undefined ? [] : [{ ...round, brand, token: randomBytes(32).toString('base64url') }];
  });
  await keepLinks(tx, now, links.map((link) => ({ ...link, tokenHash: hashOfLink(link.token) })));
  return new Map(links.map((link) => [link.caseId, link]));
};

/** What the case's own row does not say. */
type More = { cancellation_id: string; free_from: string | null; note_id: string | null; note: Buffer | null; line_status: string };

const moreOf = async (tx: Tx, caseIds: readonly string[]): Promise<Map<string, More>> => {
  const rows = await tx.query<More>(
    `select c.id as cancellation_id, q.free_from, m.id as note_id, m.sealed as note, l.status as line_status
     from cancellations c join lines l on l.id = c.line_id
     left join lateral (select max(free_from) as free_from from number_tenures where cancellation_id = c.id) q on true
     left join lateral (select id, sealed from case_messages where cancellation_id = c.id and author = 'reviewer' and at >= c.waiting_since order by at desc limit 1) m on true
     where c.id = any($1::uuid[])`, [caseIds]);
  return new Map(rows.map((row) => [row.cancellation_id, row]));
};

/** For any number of cases at once, after their moves were saved in this transaction: it tells what the rows say then. */
export const tellCases = (tools: TellTools) => async (tx: Tx, tellings: readonly CaseTelling[]): Promise<void> => {
  if (tellings.length === 0) return;
  const now = tools.clock.now();
  const caseIds = [...new Set(tellings.map(({ caseId }) => caseId))];
  const keyring = await tools.vault.keyring(tx, tellings.map(({ subscriberId }) => subscriberId));
  const cases = new Map((await loadCancellations(tx, caseIds)).map((one) => [one.id, one]));
  const [reach, more] = [await reachForCases(tx, keyring, caseIds), await moreOf(tx, caseIds)];
  const links = await newLinks(tx, tellings, now);
  const removals = await removalsOf(tx, tellings.filter(({ template }) => template === 'cancelled' || template === 'profile-deleted').map(({ caseId }) => caseId));
  const notices = tellings.flatMap(({ brand, subscriberId, caseId, template }): NewNotice[] => {
    const [one, to, rest] = [cases.get(caseId), reach.get(caseId), more.get(caseId)];
    if (one?.applicationNumber === undefined || to === undefined || rest === undefined) throw new Error(`nothing can be told of a case that was never received: ${template}`);
    if (!to.contacts.ok) {
      tools.onUnreachable(caseId, template);
      return [];
    }
    const telling = tellingOf(template, one, packOf(tools.packs, one), to.language, { ending: to.ending, application: one.applicationNumber }, rest, noteOf(keyring, subscriberId, rest), links.get(caseId), removals.get(caseId), to.named, now);
    return [{ ...telling, brand, subscriberId, cancellationId: caseId, language: to.language, contacts: to.contacts.value, behind: isOrdered(one) }];
  });
  await queueNotices(tx, { keyring, now, enqueue: tools.enqueue }, notices);
};

const packOf = (packs: Packs, one: Cancellation): Pack => {
  const found = packs.byVersion(one.packVersion);
  if (!found.ok) throw new Error(`a case stands on a policy that this build does not have: ${one.packVersion}`);
  return forRegion(packs, found.value, one.region, one.receivedAt ?? one.openedAt);
};

const noteOf = (keyring: Keyring, subscriberId: string, { note_id, note }: More): string | null =>
  note_id === null || note === null ? null : opened(keyring.open(subscriberId, contextOf.message(note_id), note)).toString();

const materialsOf = (pack: Pack, asked: Asked | undefined, language: Language): string[] =>
  pack.materials.filter(({ id }) => asked?.materials.includes(id)).map(({ says }) => says[language]);

const tellingOf = (
  template: NoticeTemplate, one: Cancellation, pack: Pack, language: Language,
  ofCase: { readonly application: string; readonly ending: string }, more: More, note: string | null, link: Link | undefined, removal: EsimRemoval | undefined, named: string | undefined, now: Date,
): Telling => {
  const off = barsAtOnce(pack, one.reason) ? { off: more.line_status === 'barred' ? 'done' as const : 'ordered' as const } : {};
  switch (template) {
    case 'withdrawn':
      return { template, values: ofCase };
    case 'stated':
      return { template, values: { ...ofCase, until: lapsesAt(pack, one.changedAt).toISOString() } };
    case 'received': {
      const ends = one.endsOn === undefined || one.receivedAt === undefined ? undefined : endAsFixed(pack, todayIn(pack, one.receivedAt), one.endsOn, named);
      return { template, values: { ...ofCase, ...off, ...(ends === undefined ? {} : { ends: { last: ends.lastDay, ...(ends.instead === undefined ? {} : { named: ends.instead.of, because: ends.instead.because }) } }) } };
    }
    case 'lapsed':
      return { template, values: { ...ofCase, ...off } };
    case 'confirm':
    case 'confirm-reminder': {
      const { token, until, round } = must(link, template);
      return { template, values: { ...ofCase, ...off, token, until: until.toISOString(), second: round === 2, days: pack.recoverableDays, ...(one.endsOn === undefined || dayIsOver(pack, one.endsOn) <= now ? {} : { last: one.endsOn }) } };
    }
    case 'asked':
      return { template, values: { ...ofCase, materials: materialsOf(pack, one.asked, language), note, until: lapsesAt(pack, one.waitingSince ?? now).toISOString(), ...off } };
    case 'supplied':
      return { template, values: { ...ofCase, due: one.dueAt?.toISOString() ?? null, ...off } };
    case 'approved':
      return { template, values: { ...ofCase, effective: one.effectiveAt?.toISOString() ?? null, ...(pack.recoverableDays === 0 && one.effectiveAt !== undefined && one.effectiveAt <= now ? { atOnce: true } : {}), ...off } };
    case 'ordered':
      return { template, values: { ...ofCase, effective: must(one.effectiveAt, template).toISOString(), ...(pack.recoverableDays === 0 && one.effectiveAt !== undefined && one.effectiveAt <= now ? { atOnce: true } : {}), ...off } };
    case 'barred':
      return { template, values: { ...ofCase, effective: must(one.effectiveAt, template).toISOString() } };
    case 'final-notice':
      return { template, values: { ...ofCase, effective: must(one.effectiveAt, template).toISOString(), ...(one.state === 'scheduled' && more.line_status === 'active' ? { works: true as const } : {}) } };
    case 'refused': {
      const refusal = must(pack.refusals.find(({ id }) => id === one.refusedBecause), template);
      return { template, values: { ...ofCase, ...off, reason: refusal.says[language], remedy: refusal.remedy[language] } };
    }
    case 'cancelled':
      return { template, values: { ...ofCase, since: must(one.endedAt, template).toISOString(), free: must(more.free_from, template), esim: removal?.kind ?? null } };
    case 'delete-profile': {
      const since = must(one.endedAt, template);
      return { template, values: { ...ofCase, since: since.toISOString(), last: nextReminder(since, now) === undefined } };
    }
    case 'profile-deleted':
      return { template, values: { ...ofCase, since: must(one.endedAt, template).toISOString(), at: must(removal?.kind === 'reported-deleted' ? removal.reportedAt : null, template).toISOString() } };
    default:
      return unreachable(template);
  }
};

const must = <Value>(value: Value | null | undefined, template: NoticeTemplate): Value => {
  if (value === null || value === undefined) throw new Error(`the case does not have what "${template}" tells`);
  return value;
};

export type AnswerTelling = { readonly brand: string; readonly subscriberId: string; readonly lineId: string; readonly caseId?: string; readonly applicationNumber?: string };

/** Says that an agent has answered, not what: the thread is read behind the sign-in. */
export const tellAnswer = (tools: Omit<TellTools, 'packs'>) => async (tx: Tx, { brand, subscriberId, lineId, caseId, applicationNumber }: AnswerTelling): Promise<void> => {
  const keyring = await tools.vault.keyring(tx, [subscriberId]);
  const reach = await reachForLine(tx, keyring, subscriberId, lineId);
  if (!reach.contacts.ok) return tools.onUnreachable(caseId ?? lineId, 'answered');
  await queueNotices(tx, { keyring, now: tools.clock.now(), enqueue: tools.enqueue }, [{
    template: 'answered', values: { ending: reach.ending, ...(applicationNumber === undefined ? {} : { application: applicationNumber }) },
    brand, subscriberId, cancellationId: caseId ?? null, language: reach.language, contacts: reach.contacts.value,
  }]);
};

export type CodeTelling = { readonly brand: string; readonly purpose: 'reset' | 'status' | 'step-up' | 'call'; readonly subscriberId: string; readonly cancellationId?: string; readonly channel: 'e-mail' | 'sms'; readonly code: string; readonly expiresAt: Date };

/** Sends a one-time code to a contact of record. Whoever has none that is safe gets nothing, and asks support. */
export const tellCode = (tools: Omit<TellTools, 'packs'>) => async (tx: Tx, { brand, purpose, subscriberId, cancellationId, channel, code, expiresAt }: CodeTelling): Promise<void> => {
  const now = tools.clock.now();
  const keyring = await tools.vault.keyring(tx, [subscriberId]);
  const reach = await reachForCode(tx, keyring, subscriberId, channel === 'sms' ? 'sms' : 'mail');
  const template = purpose === 'reset' ? 'code-reset' : purpose === 'call' ? 'code-call' : 'one-time-code';
  if (reach?.contact === undefined) return tools.onUnreachable(cancellationId ?? subscriberId, template);
  const minutes = Math.max(1, Math.round((expiresAt.getTime() - now.getTime()) / 60_000)); // a few milliseconds have passed since it was made
  await queueNotices(tx, { keyring, now, enqueue: tools.enqueue }, [
    { template, values: { code, minutes }, brand, subscriberId, cancellationId: cancellationId ?? null, language: reach.language, contacts: [reach.contact] },
  ]);
};

/** That what guards the account was changed: to every contact of record, so that an owner learns of it who did not do it. */
export const tellChanged = (tools: Omit<TellTools, 'packs'>, brand: string, template: 'password-changed' | 'question-changed') => async (tx: Tx, subscriberId: string): Promise<void> => {
  const now = tools.clock.now();
  const keyring = await tools.vault.keyring(tx, [subscriberId]);
  const [mail, sms] = [await reachForCode(tx, keyring, subscriberId, 'mail'), await reachForCode(tx, keyring, subscriberId, 'sms')];
  const [first, second] = [mail?.contact, sms?.contact];
  if (mail === undefined || first === undefined) return tools.onUnreachable(subscriberId, template);
  const contacts = second === undefined || second.address === first.address ? [first] as const : [first, second] as const;
  await queueNotices(tx, { keyring, now, enqueue: tools.enqueue }, [
    { template, values: { at: now.toISOString() }, brand, subscriberId, cancellationId: null, language: mail.language, contacts },
  ]);
};
