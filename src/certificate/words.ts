/** A certificate and its check in plain words, for the page, the PDF and the terminal alike. */
import { unreachable } from '../cancellation/result.ts';
import type { Statement } from '../evidence/statements.ts';
import type { Verification } from '../evidence/verification.ts';
import { formatCalendarDay, formatDay, formatInstant, localeOf, translator } from '../language/index.ts';
import { stepNames, type Language } from '../policy/pack.ts';

const factNames = ['number', 'brand', 'application', 'received', 'cancelled', 'esim', 'updates', 'number-free', 'policy', 'issued', 'certificate', 'journal'] as const;
export type FactName = (typeof factNames)[number];
export type Fact = { readonly name: FactName; readonly label: string; readonly value: string };
export type ToldStep = { readonly name: string; readonly outcome: string; readonly at: string };

/** `2026-12-10 10:00:19`: to the second and in one column, which no language's long date is. */
export const momentOf = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(instant));

export const zoneName = (statement: Statement, language: Language): string =>
  new Intl.DateTimeFormat(localeOf[language], { timeZone: statement.zone, timeZoneName: 'long' })
    .formatToParts(new Date(statement.cancelledAt)).find((part) => part.type === 'timeZoneName')?.value ?? statement.zone;

/** The one big sentence. */
export const verdictOf = (statement: Statement, language: Language): string =>
  translator('certificate', language)('verdict', { day: formatDay(new Date(statement.cancelledAt), statement.zone, language) });

export const sinceOf = (statement: Statement, language: Language): string =>
  translator('certificate', language)('since', { time: momentOf(statement.cancelledAt, statement.zone).slice(11), zone: zoneName(statement, language) });

export const factsOf = (statement: Statement, language: Language): Fact[] => {
  const words = translator('certificate', language);
  const at = (instant: string): string => formatInstant(new Date(instant), statement.zone, language);
  const values: Record<FactName, string | undefined> = {
    number: words('number', { number: statement.subject.maskedNumber, kind: translator('life', language)(`kind.${statement.subject.lineKind}`) }),
    brand: `${statement.brand.name[language]} · ${statement.issuer}`,
    application: statement.applicationNumber,
    received: at(statement.receivedAt),
    cancelled: at(statement.cancelledAt),
    esim: esimOf(statement, language),
    updates: statement.updates === undefined ? undefined : words('updates', { id: statement.updates }),
    'number-free': words('number-free', { day: formatCalendarDay(statement.numberFreeFrom, language) }),
    policy: statement.policyVersion,
    issued: at(statement.issuedAt),
    certificate: statement.certificateId,
    journal: words('journal', { entries: statement.journal.entries, head: statement.journal.head.slice(0, 16) }),
  };
  return factNames.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [{ name, label: words(`fact.${name}`), value }];
  });
};

/** The two signals of its removal with their dates; certificates of before had none. */
const esimOf = ({ esimRemoval, esimSignals, zone }: Statement, language: Language): string | undefined => {
  const words = translator('certificate', language);
  if (esimRemoval === null) return undefined;
  if (esimSignals === undefined) return words(`esim.${esimRemoval}`);
  const at = (instant: string): string => formatInstant(new Date(instant), zone, language);
  const { orderedAt, deletionReportedAt } = esimSignals;
  if (deletionReportedAt !== null) return words('esim.reported', { ordered: at(orderedAt), reported: at(deletionReportedAt) });
  return words(esimRemoval === 'order-cancelled' ? 'esim.never-installed' : 'esim.not-confirmed', { ordered: at(orderedAt) });
};

/** A step that this build has no word for is told by its name: certificates outlive builds. */
export const stepsOf = (statement: Statement, language: Language): ToldStep[] => {
  const words = translator('certificate', language);
  return statement.steps.map(({ name, outcome, at }) => ({
    name: stepName(name, language),
    outcome: words(`outcome.${outcome}`),
    at: at === null ? words('no-time') : momentOf(at, statement.zone),
  }));
};

const knownSteps = new Set<string>(stepNames);
const stepName = (name: string, language: Language): string => (knownSteps.has(name) ? translator('life', language)(`step.${name}`) : name);

/** `verdict`: yes or what is wrong, in one sentence. `says`: more about it. `counts`: the statement that may be believed, if any. */
export type Told = { readonly verdict: string; readonly says: readonly string[]; readonly counts?: Statement };

export const tell = (verification: Verification, language: Language): Told => {
  const words = translator('certificate', language);
  switch (verification.kind) {
    case 'valid':
      return { verdict: words('result.valid'), says: verification.page ? [words('result.valid.page')] : [], counts: verification.statement };
    case 'not-a-certificate':
      return { verdict: words('result.not-a-certificate'), says: [words(`result.not-a-certificate.${verification.because}`)] };
    case 'unknown-key':
      return { verdict: words('result.unknown-key', { key: verification.keyId }), says: [words('result.unknown-key.advice')] };
    case 'altered': {
      const says = [words(`result.altered.${verification.part}`)];
      return verification.genuine
        ? { verdict: words('result.altered'), says: [...says, words('result.altered.page.genuine')], counts: verification.genuine }
        : { verdict: words('result.altered'), says };
    }
    case 'not-conforming':
      return { verdict: words('result.not-conforming', { field: verification.field }), says: [] };
    default:
      return unreachable(verification);
  }
};
