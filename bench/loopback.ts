/** Whole cancellations a second with every real step over the network stack of this machine. */
import type { Part } from './figure.ts';
import { interleaved } from './figure.ts';
import { startChild } from './child.ts';
import { openHouse } from './flow/house.ts';
import type { Planted } from './flow/plant.ts';
import { openStand } from './flow/stand.ts';
import type { CarrierSettings } from '../src/settings.ts';
import type { Seeding } from '../src/simulator/seed.ts';

/** A second: every SIM that is given up on the world, spread over the year. */
export const churn = 70;

/** What the carrier holds of these: a subscriber with a session, an order, and a line that is billed. */
export const seedOf = (cases: readonly Planted[]): Seeding => ({
  subscribers: cases.flatMap(({ line: { imsi = '', msisdn } }) => [{ imsi, msisdn: msisdn.replace('+', '') }]),
  sessions: cases.flatMap(({ line: { imsi = '' } }) => [{ id: `s-${imsi}`, imsi }]),
  orders: cases.flatMap(({ line: { iccid = '', matchingId } }) => [{ iccid, ...(matchingId === undefined ? {} : { matchingId }) }]),
  lines: cases.map(({ line: { billingRef } }) => ({ ref: billingRef, currency: 'USD' })),
});

export const loopback: Part = {
  name: 'loopback',
  says: 'cancellations with every real step over loopback, against the SIM churn of the world',
  run: async ({ rounds, tiny = false, say, assemble }) => {
    const count = tiny ? 10 : 700;
    const house = await openHouse(say);
    const carrier = startChild(new URL('./flow/carrier.ts', import.meta.url));
    try {
      const settings = await carrier.ask<CarrierSettings>('start', `${house.folder}/carrier`);
      const stand = await openStand(house, 'loopback', assemble);
      try {
        const worker = await stand.startWorker(settings);
        const carryMany = async (many: number): Promise<number> => {
          const cases = await stand.plant(many);
          await carrier.ask('seed', seedOf(cases));
          return many / await stand.carry(worker, cases);
        };
        await carryMany(tiny ? 2 : 100);
        const { cancellations } = await interleaved(rounds, { cancellations: () => carryMany(count) }, say);
        return [{
          name: 'loopback/churn', says: 'whole cancellations a second, every real step over loopback', unit: '/s', rounds: cancellations, against: { what: 'SIM churn of the world', rounds: [churn] }, goal: { atLeast: 1 },
          how: `A worker process and a process of simulated servers: OsmoHLR CTRL, RADIUS, ES2+ with mutual TLS, billing over HTTP, SMTP, SMPP, each over TCP or UDP of this machine; the simulator writes each effect to disk before it answers. ${count} cases a round, from falling due until the last certificate, mail and SMS.`,
        }];
      } finally {
        await stand.stop();
      }
    } finally {
      await carrier.stop();
      await house.stop();
    }
  },
};
