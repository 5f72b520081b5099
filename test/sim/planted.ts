/** Ten bugs that the program does not have: passages of its sources, and what would stand there with the bug in it. Only the simulation's loader knows them. */
export type Change = readonly [file: string, was: string, is: string];
/** `first`: the seed that found it last time, tried before all others. */
export type Plant = { readonly name: string; readonly first: number; readonly says: string; readonly changes: readonly Change[] };

export const plants: readonly Plant[] = [
  {
    name: 'act-before-intent', first: 2, says: 'the carrier is called before the intent is committed',
    changes: [
      ['execution/advance.ts', 'let round = first;', 'let round = first;\n  let early: Ended[] | undefined;'],
      ['execution/advance.ts', 'const ended: Ended[] = await', 'const ended: Ended[] = early ?? await'],
      ['execution/advance.ts', 'round = await execution.db.ofBatch((tx) => {', 'round = await execution.db.ofBatch(async (tx) => {'],
      ['execution/advance.ts', 'return oneRound(execution, tx, fences, known, ended, signal?.aborted);', `const next = await oneRound(execution, tx, fences, known, ended, signal?.aborted);
      early = await Promise.all(next.intents.map(async (intent) => ({ ...intent, outcome: await call(execution, intent, next.since) })));
      return next;`],
    ],
  },
  {
    name: 'repeat-unread', first: 4, says: 'what may have acted is sent again without being read',
    changes: [['execution/in-work.ts', "row.state === 'intended' ? 'read' : 'act' }]", "'act' }]"]],
  },
  {
    name: 'fence-unchecked', first: 16, says: 'an outcome is recorded whoever holds the case by now',
    changes: [['execution/lease.ts', `on held.id = c.id and held.fence = c.fence
           where c.lease_until > clock_timestamp() order by`, 'on held.id = c.id order by']],
  },
  {
    name: 'lease-stolen', first: 5, says: 'a case is taken from a worker that still holds it',
    changes: [['execution/lease.ts', 'and (lease_until is null or lease_until < clock_timestamp())', '']],
  },
  {
    name: 'withdraw-unlocked', first: 11, says: 'a withdrawal does not lock the case, and saves over what became of it meanwhile',
    changes: [
      ['desk/case-access.ts', '(await loadForMove(tx, [found.id]))[0]', '(await loadForMove({ ...tx, query: (sql, values) => tx.query(sql.replace(" for update", ""), values) }, [found.id]))[0]'],
      ['store/cancellations.ts', 'where c.id = n.id and c.version = n.was returning c.id', 'where c.id = n.id returning c.id'],
    ],
  },
  {
    name: 'job-done-too-early', first: 22, says: 'a job is completed when it is taken, not when what it led to is recorded',
    changes: [['execution/advance.ts', 'const jobsOf = new Map<string, string[]>();', `await execution.db.acrossBrands((tx) => execution.jobs.complete(tx, 'advance', jobs.map(({ id }) => id)));
  const jobsOf = new Map<string, string[]>();`]],
  },
  {
    name: 'recorded-twice', first: 2, says: 'a settlement stands in the books once for each time it is recorded',
    changes: [
      ['execution/round.ts', 'await recordMoney(execution, tx, recorded, now);', 'await recordMoney(execution, tx, recorded, now); await recordMoney(execution, tx, recorded, new Date(now.getTime() + 1));'],
      ['execution/money.ts', 'key: `settled:${one.id}`', 'key: `settled:${one.id}:${now.getTime()}`'],
    ],
  },
  {
    name: 'undo-skipped', first: 1, says: 'a withdrawal leaves what was begun as it is',
    changes: [['desk/withdraw.ts', 'await turnToUndo(tx, [one.id], undoableSteps);', '']],
  },
  {
    name: 'journal-gap', first: 1, says: 'of several moves in one transaction the first is not journalled',
    changes: [['store/cancellations.ts', '...moves.map((move): NewEntry', '...moves.slice(moves.length > 1 ? 1 : 0).map((move): NewEntry']],
  },
  {
    name: 'brand-leaks', first: 2, says: 'a connection keeps the brand of its first transaction',
    changes: [['store/db.ts', 'await client.query(`begin; set local role signoff_desk; set local signoff.brand = ${pg.escapeLiteral(brand)}${more}`);', `const kept = client as Connection & { brand?: string };
      await client.query(\`begin; set local role signoff_desk; \${kept.brand === undefined ? \`set signoff.brand = \${pg.escapeLiteral(brand)}\` : ''}\${more}\`);
      kept.brand = brand;`]],
  },
];
