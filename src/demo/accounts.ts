/** Whom one meets at each brand: a subscriber whose line is of the kind that the brand sells, and the people of its desk. */
import { subscribers } from '../../policies/demo/subscribers.ts';
import type { Pack } from '../policy/pack.ts';
import { packName } from '../policy/pack.ts';
import type { Packs } from '../policy/packs.ts';
import { demoData, type DemoData, type DemoStaff } from './data.ts';

const staffOf = (site: string): readonly DemoStaff[] => [
  { name: '审核员 乙', email: `review@${site}`, password: 'seven-hills-desk-lantern', roles: ['reviewer', 'agent'] },
  { name: '审核员 丙', email: `second@${site}`, password: 'eleven-doors-west-window', roles: ['reviewer'] },
  { name: '稽核', email: `audit@${site}`, password: 'paper-trail-north-star-1', roles: ['auditor'] },
];

/** Who is there under one pack; of a brand on several carriers, those whose lines run on its own. */
export const demoOf = (pack: Pack): DemoData => {
  const { site } = pack.addresses;
  const own = subscribers[packName(pack)];
  return own === undefined ? demoData(pack.brand, site) : { brand: pack.brand, subscribers: own(site), staff: staffOf(site) };
};

/** The youngest version of every pack, by its name. */
export const latestPacks = (packs: Pick<Packs, 'versions' | 'byVersion'>): ReadonlyMap<string, Pack> =>
  new Map(packs.versions.map((version) => packs.byVersion(version)).flatMap((found) => (found.ok ? [[packName(found.value), found.value] as const] : [])));
