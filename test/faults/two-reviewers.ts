/** Row 19: two reviewers decide on one case at once; and somebody on a case of their own. */
import { addStaff } from '../../src/identity/staff.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { openDraft, saveDraft } from '../../src/desk/draft.ts';
import { approve, ask, refuse } from '../../src/desk/review-case.ts';
import type { Reviewer } from '../../src/desk/review-queue.ts';
import { submit } from '../../src/desk/submit.ts';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { freshLines, type FreshLine } from './fresh-lines.ts';
import { bySize, randomOf, type Row } from './row.ts';
import { openStage, packNamed } from './stage.ts';
import { openTurns } from './turns.ts';

const sentBy = async (desk: Desk, pack: Pack, line: FreshLine): Promise<string> => {
  const who = { brand: line.brand, subscriberId: line.subscriberId };
  await openDraft(desk, who, line.lineId);
  await saveDraft(desk, who, line.lineId, { reason: pack.reasons[0]?.id ?? '', name: line.person.name, email: line.person.email ?? '', phone: '', acknowledged: pack.consequences.map(({ id }) => id) });
  const sent = await submit(desk, who, line.lineId);
  if (!sent.ok) throw new Error(`not sent: ${JSON.stringify(sent.why)}`);
  return sent.value.applicationNumber;
};

export const twoReviewers: Row = {
  number: '19',
  title: 'two reviewers at once, and somebody on a case of their own',
  asserts: 'One decision, its journal names who made it, and the other is told that it was made; nobody decides on their own case.',
  run: async (run) => {
    const random = randomOf(run.seed);
    const count = bySize(run, { short: 15, usual: 200, full: 500 });
    const base = packNamed('ultra-purple');
    const pack: Pack = { ...base, identity: { ...base.identity, level: 'basic', documents: [], proofs: [] } };
    const stage = await openStage({ packs: [pack], connected: portsInProcess() });
    const turns = openTurns(stage.parts.databaseUrl, random);
    try {
      const { desk } = await stage.desk();
      const reviewers: Reviewer[] = [];
      for (const who of ['one', 'two']) {
        const added = await addStaff(desk.db, desk.vault, desk.clock, { brand: pack.brand, name: `审核员 ${who}`, email: `${who}@desk.example`, password: 'seven-hills-desk-lantern', roles: ['reviewer'] });
        if (!added.ok) throw new Error(added.why.kind);
        reviewers.push({ brand: pack.brand, staffId: added.value.staffId });
      }
      const desks = [{ ...desk, db: await turns.party('one') }, { ...desk, db: await turns.party('two') }];
      const decisions = ['approved', 'refused', 'asked'] as const;
      const decide = (place: number, number: string, decision: (typeof decisions)[number], seen: number | undefined) => {
        const [at, who] = [desks[place] as Desk, reviewers[place] as Reviewer];
        if (decision === 'approved') return approve(at, who, number, seen);
        return decision === 'refused' ? refuse(at, who, number, pack.refusals[0]?.id ?? '', seen) : ask(at, who, number, { materials: [pack.materials[0]?.id ?? ''], note: '' }, seen);
      };
      const firsts = [0, 0];
      for (const line of await freshLines(desk, pack, count, { from: 0, now: desk.clock.now() })) {
        const number = await sentBy(desk, pack, line);
        const [what, other] = [random.pick(decisions), random.pick(decisions)];
        const seen = random.below(2) === 0 ? 3 : undefined; // received, proven, under review
        const { answers, order } = await turns.together({ one: () => decide(0, number, what, seen), two: () => decide(1, number, other, seen) });
        const made = await stage.rows<{ event: string; by: string }>(
          `select event, facts ->> 'decidedBy' as by from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 and event in ('approved', 'refused', 'asked')`, [number]);
        const winner = answers['one']?.ok ? 0 : 1;
        const loser = answers[winner === 0 ? 'two' : 'one'];
        firsts[winner] = (firsts[winner] ?? 0) + 1;
        if (made.length !== 1 || made[0]?.by !== reviewers[winner]?.staffId || made[0]?.event !== (winner === 0 ? what : other))
          throw new Error(`${what} and ${other} (${order}): ${JSON.stringify(made)}, answered ${JSON.stringify(answers)}`);
        if (loser === undefined || loser.ok || !['wrong-state', 'lost-race'].includes(loser.why.kind)) throw new Error(`the other was told ${JSON.stringify(loser)}`);
      }
      run.say(`${count} meetings; the first reviewer was first in ${firsts[0]}, the second in ${firsts[1]}`);

      const [mine] = await freshLines(desk, pack, 1, { from: count, now: desk.clock.now(), email: 'one@desk.example' });
      const number = await sentBy(desk, pack, mine as FreshLine);
      for (const decision of decisions) {
        const answer = await decide(0, number, decision, undefined);
        if (answer.ok || answer.why.kind !== 'own-case') throw new Error(`${decision} on a case of one's own: ${JSON.stringify(answer)}`);
      }
      const others = await decide(1, number, 'approved', undefined);
      if (!others.ok) throw new Error(`somebody else may: ${others.why.kind}`);
    } finally {
      await turns.close();
      await stage.close();
    }
  },
};
