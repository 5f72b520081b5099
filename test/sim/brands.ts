/** Two invented brands, what is on their lines, and the ways in which their policies differ from seed to seed. */
import { allPacks } from '../../policies/index.ts';
import type { DemoData, DemoLine, DemoSubscriber } from '../../src/demo/data.ts';
import type { Pack } from '../../src/policy/pack.ts';
import type { SimLine } from './carrier.ts';
import type { Random } from './random.ts';

export const brands = ['violet', 'amber'] as const;
export const currency = 'USD';
const password = 'paper-lantern-river-77';
const services = [{ id: 'cloud-storage', provider: 'sim-cloud' }, { id: 'music', provider: 'sim-music' }];

const lineOf = (brand: number, place: number): DemoLine => {
  const tail = `${brand + 1}0${place + 1}`;
  return {
    kind: place === 2 ? 'virtual-number' : 'esim', billingRef: `${brands[brand]}-${tail}`, creditMinor: [420, 0, 1250, 300][place] ?? 0, profile: place === 1 ? 'installed' : 'released',
    identifiers: { msisdn: `+12025550${tail}`, imsi: `001010000000${tail}`, iccid: `89001999900000${tail}12`, eid: `89049032999900000000000000${tail}123`, matchingId: `M${tail}-SIM` },
    bills: place === 0 ? [{ amountMinor: 690, dueOn: '2026-11-30' }] : [], devices: [], contacts: [], messages: [], calls: [],
    ...(place === 1 ? { services: services.map(({ id, provider }) => ({ id, provider })) } : {}),
  };
};

const subscriber = (brand: number, place: number, lines: readonly number[]): DemoSubscriber => ({
  phone: `+1202555${brand + 1}90${place}`, password, region: 'TW', language: place === 0 ? 'zh-TW' : 'en',
  person: { name: `许静${brand}${place}`, email: `person${brand}${place}@mail.example`, contactPhone: `+1202555${brand + 1}80${place}` },
  lines: lines.map((line) => lineOf(brand, line)),
});

export const people: readonly DemoData[] = brands.map((brand, index) => ({
  brand, subscribers: [subscriber(index, 0, [0, 1]), subscriber(index, 1, [2, 3])],
  staff: [1, 2, 3, 4].map((one) => ({ name: `审核员 ${one}`, email: `review${one}@${brand}.example`, password, roles: ['reviewer', 'agent'] })),
}));

export const simLines: readonly SimLine[] = people.flatMap(({ subscribers }) => subscribers.flatMap(({ lines }) => lines.map((line) => ({
  imsi: line.identifiers.imsi ?? '', ref: line.billingRef, iccid: line.identifiers.iccid ?? '', onDevice: line.profile === 'installed', creditMinor: line.creditMinor,
  owedMinor: line.bills.reduce((sum, { amountMinor }) => sum + amountMinor, 0), services: (line.services ?? []).map(({ provider }) => provider),
}))));

const base = allPacks.find((pack) => pack.brand === 'ultra-purple');
const withServices = allPacks.find((pack) => pack.linkedServices.length > 1);

/** A policy of its own for each brand, drawn by the seed. */
export const packsBy = (random: Random): readonly Pack[] => {
  if (base === undefined || withServices === undefined) throw new Error('the policies that this builds on are gone');
  return brands.map((brand): Pack => {
    const [atOnce, freezes] = [random.chance(0.35), random.chance(0.4)];
    const recoverableDays = random.pick([0, 3, 7, 7]);
    const steps = withServices.steps.includes('end-linked-services') ? ['bar-line', 'end-linked-services', ...base.steps.filter((step) => step !== 'bar-line' && step !== 'end-linked-services')] as Pack['steps'] : base.steps;
    return {
      ...base, brand, steps: freezes ? ['freeze-line', ...steps] : steps, freeze: freezes ? ['charges', 'purchases'] : [], recoverableDays,
      linkedServices: withServices.linkedServices.slice(0, 2).map((service, place) => ({ ...service, id: services[place]?.id ?? '', provider: services[place]?.provider ?? '' })),
      reasons: base.reasons.map((reason) => ({ ...reason, barsAtOnce: atOnce })),
      identity: { ...base.identity, level: 'basic' }, // nobody sees a document where nobody reviews
      review: { ...base.review, reviewers: random.pick([0, 1, 1, 2] as const) },
      confirmation: random.pick([null, null, { hours: 72 }, { hours: 48, again: { afterDays: 2, withinDays: 5 } }]),
      settlement: { ...base.settlement, choices: random.chance(0.5) ? ['refund', 'transfer'] : [] },
    };
  });
};
