import { maskNumber } from '../evidence/subject.ts';
import { maskContact } from '../notices/contacts.ts';
import type { Pack, Text } from '../policy/pack.ts';
import { casesOfLines } from '../store/cancellations.ts';
import { boundDevices, linesOfSubscriber, regionsOf } from '../store/lines.ts';
import { contextOf, deviceContents, opened, openLine, paymentMethodContents, personContents, type PaymentMethodContents, type PersonContents } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { linkedServicesOf } from './linked-services.ts';
import { policyFor } from './prepare.ts';
import { asksQuestion, questionSet, type SecurityQuestion } from './security-question.ts';
import { toLineCard } from './see-lines.ts';
import { signInNamesOf, type SignInName } from './sign-in-names.ts';
import type { LineCard, Subscriber } from './views.ts';

/** Everything that is tied to an account, for its owner. A number or address to sign in with is masked; `shown` is absent where only a trace is kept. */
export type Account = {
  readonly person: PersonContents;
  readonly lines: readonly { readonly line: LineCard; readonly devices: readonly string[]; readonly services: readonly Text[]; readonly entryNames: readonly Text[] }[];
  readonly paysWith: readonly PaymentMethodContents[];
  /** Absent where no policy of their lines asks for one. */
  readonly securityQuestion?: SecurityQuestion;
  readonly signsInWith: readonly { readonly kind: SignInName['kind']; readonly shown?: string }[];
};

export const seeAccount = (desk: Desk, who: Subscriber): Promise<Account | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const found = (await regionsOf(tx, [who.subscriberId])).get(who.subscriberId);
    if (found === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const person = opened(keyring.openJson(who.subscriberId, contextOf.person(who.subscriberId), found.sealed, personContents));
    const rows = await linesOfSubscriber(tx, who.subscriberId);
    const cases = new Map((await casesOfLines(tx, rows.map((row) => row.id))).map((one) => [one.lineId, one]));
    const devices = await boundDevices(tx, rows.map((row) => row.id));
    const methods = await tx.query<{ id: string; sealed: Buffer }>(`select id, sealed from payment_methods where subscriber_id = $1 order by added_at, id`, [who.subscriberId]);
    const names = await signInNamesOf(tx, keyring, who.subscriberId);
    const known = rows.map((row) => openLine(keyring, row).line.msisdn);

    // Whoever looks over their shoulder gets no address to try; a chosen name is what one forgets. An old row is known again by what else is on record.
    const shownOf = ({ kind, index, name }: SignInName): string | undefined => {
      if (name !== undefined) return kind === 'user-name' ? name : kind === 'phone' ? maskNumber(name) : maskContact({ channel: 'mail', address: name });
      const is = (value: string): boolean => desk.vault.blindIndex(who.brand, kind, value).equals(index);
      if (kind === 'phone') {
        const phone = [...known, ...(person.contactPhone === null ? [] : [person.contactPhone])].find(is);
        return phone === undefined ? undefined : maskNumber(phone);
      }
      return kind === 'e-mail' && person.email !== null && is(person.email.toLowerCase()) ? maskContact({ channel: 'mail', address: person.email }) : undefined;
    };

    const packs = new Map<string, Pack>();
    for (const row of rows) packs.set(row.id, (await policyFor(desk, tx, row)).pack); // one transaction asks one thing at a time
    const asked = rows.some(({ id, status }) => {
      const pack = packs.get(id);
      return status !== 'cancelled' && pack !== undefined && asksQuestion(pack);
    });
    const question = asked ? { securityQuestion: await questionSet(tx, who.subscriberId) } : {};
    return {
      person, ...question,
      lines: rows.flatMap((row) => {
        const pack = packs.get(row.id);
        return pack === undefined ? [] : [{
          line: toLineCard(keyring, row, cases.get(row.id)),
          devices: devices.filter((device) => device.line_id === row.id)
            .map((device) => opened(keyring.openJson(who.subscriberId, contextOf.device(device.id), device.sealed, deviceContents)).name),
          services: linkedServicesOf(pack, row.services).map(({ label }) => label),
          entryNames: pack.entryNames,
        }];
      }),
      paysWith: methods.map(({ id, sealed }) => opened(keyring.openJson(who.subscriberId, contextOf.paymentMethod(id), sealed, paymentMethodContents))),
      signsInWith: names.map((one) => {
        const shown = shownOf(one);
        return { kind: one.kind, ...(shown === undefined ? {} : { shown }) };
      }),
    };
  });
