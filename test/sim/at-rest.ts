/** What must hold of orders, statements, cards and lines that ended, when everything has come to rest. */
import { deletedAt, type CardReport } from '../../src/cancellation/esim-removal.ts';
import type { Carrier } from './carrier.ts';
import type { PlacedLine } from './invariants.ts';
import type { Postgres } from './postgres.ts';
import type { Seen } from './state-of-things.ts';
import type { World } from './world.ts';

/** What somebody was told is on record. */
export type Told = {
  readonly orders: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
  /** By line. */
  readonly reported: ReadonlyMap<string, readonly CardReport[]>;
};

/** Lines that ended and that the carrier still knows. */
export const soundingLines = ({ cases }: Seen, lines: readonly PlacedLine[], carrier: Carrier): string[] =>
  lines.filter(({ id }) => cases.some((one) => one.line === id && one.state === 'cancelled')).flatMap(({ imsi, ref }) => [
    ...(carrier.registers.has(imsi) ? [`${ref} is in the home register`] : []), ...(carrier.billed.get(ref)?.stoppedAt === undefined ? [`${ref} is billed`] : []),
    ...((carrier.services.get(ref) ?? []).length > 0 ? [`services of ${ref} run`] : []),
  ]);

export const restOfThings = async (world: World, postgres: Postgres, seen: Seen, lines: readonly PlacedLine[], carrier: Carrier, told: Told): Promise<void> => {
  for (const says of soundingLines(seen, lines, carrier)) world.violate('I2', `it has ended, and ${says}`);
  if (seen.openFindings > 0) world.violate('I2', `${seen.openFindings} findings are open`);
  for (const { ref, id } of lines)
    if ((carrier.frozen.get(ref) ?? []).length > 0 && !seen.cases.some((one) => one.line === id && one.state === 'cancelled')) world.violate('I2', `${ref} stays, and is frozen in billing`);
  await ordersAreOver(world, postgres, told);
  await statementsAreFound(world, postgres, told);
  await cardsAreHeard(world, postgres, told);
};

/** Each row that was eligible has its case, or was left out; no order lost or counted twice. */
const ordersAreOver = async (world: World, postgres: Postgres, { orders }: Told): Promise<void> => {
  const { rows } = await postgres.driver.query<{ id: string; state: string; eligible: number; opened: number; dropped: number; cases: number; strayed: number }>(
    `select o.id, o.state, o.eligible::int, o.opened::int, o.dropped::int, count(r.cancellation_id)::int as cases, count(c.id) filter (where c.brand <> o.brand or c.line_id <> r.line_id)::int as strayed
     from bulk_orders o left join bulk_rows r on r.order_id = o.id left join cancellations c on c.id = r.cancellation_id group by o.id`);
  for (const id of orders) if (!rows.some((one) => one.id === id)) world.violate('I1', `the order ${id} was acknowledged and is not there`);
  for (const one of rows) {
    if (one.state !== 'done' && one.state !== 'stopped' && orders.has(one.id)) world.violate('I2', `the order ${one.id} has come to rest as ${one.state}`);
    if (one.cases !== one.opened) world.violate('I3', `the order ${one.id} counts ${one.opened} cases and opened ${one.cases}`);
    if (one.state === 'done' && one.opened + one.dropped !== one.eligible) world.violate('I2', `the order ${one.id} is done, with ${one.opened} opened and ${one.dropped} left out of ${one.eligible}`);
    if (one.strayed > 0) world.violate('I7', `the order ${one.id} opened cases of other lines`);
  }
};

const statementsAreFound = async (world: World, postgres: Postgres, { declared }: Told): Promise<void> => {
  const { rows } = await postgres.driver.query<{ id: string; open: boolean }>(
    `select id, cancellation_id is null and line_id is null and handled_at is null as open from statements union all select id, false from destroyed_statements`);
  const there = new Set(rows.map(({ id }) => id));
  for (const id of declared) if (!there.has(id)) world.violate('I1', `the statement ${id} was acknowledged and is not there`);
  for (const { id, open } of rows) if (open) world.violate('I2', `nobody has looked at the statement ${id}`);
};

/** A deletion that was told stands in the journal once, and a certificate says it: the first, or one more beside it. */
const cardsAreHeard = async (world: World, postgres: Postgres, { reported }: Told): Promise<void> => {
  const { rows } = await postgres.driver.query<{ id: string; line: string; entries: number; updates: number; statement: string }>(
    `select c.id, c.line_id as line, (select count(*)::int from journal j where j.cancellation_id = c.id and j.event = 'profile-deleted') as entries,
       (select count(*)::int from certificate_updates u where u.cancellation_id = c.id) as updates, z.statement
     from cancellations c join certificates z on z.cancellation_id = c.id join steps s on s.cancellation_id = c.id and s.name = 'cancel-esim-order' and s.state = 'done'`);
  for (const { id, line, entries, updates, statement } of rows) {
    const known = deletedAt(reported.get(line) ?? []) !== undefined;
    const first = (JSON.parse(Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString()) as { esimSignals?: { deletionReportedAt?: string | null } }).esimSignals?.deletionReportedAt != null;
    if (entries > 1) world.violate('I3', `the deletion of the profile of ${id} stands in the journal ${entries} times`);
    if (known && entries === 0) world.violate('I1', `the card of ${id} reported its deletion, and the journal does not have it`);
    if (entries === 1 && Number(first) + updates !== 1) world.violate('I4', `the deletion of the profile of ${id} is ${first ? 'in' : 'not in'} its certificate, and ${updates} more were issued`);
  }
};
