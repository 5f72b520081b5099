import { no, ok, type Result } from '../cancellation/result.ts';
import { liesIn, type Jurisdiction } from './jurisdiction.ts';
import { lawsIn, openEntries, type OpenEntry } from './laws.ts';
import { packName, versionOf, type Pack, type PackVersion, type Text } from './pack.ts';
import { underLaw, type UnderLaw } from './under-law.ts';
import { dayIn } from './zone.ts';

export type UnknownBrand = { readonly kind: 'unknown-brand'; readonly brand: string; readonly existing: readonly string[] };
export type NoneInForce = { readonly kind: 'none-in-force'; readonly brand: string; /** `YYYY-MM-DD` of the earliest. */ readonly first: string };
export type UnknownVersion = { readonly kind: 'unknown-version'; readonly version: string; readonly existing: readonly PackVersion[] };

export type Packs = {
  readonly brands: readonly string[];
  readonly versions: readonly PackVersion[];
  /** The youngest version whose day has come in the pack's own zone; of a brand with several carriers, the one for `carrier`. */
  inForce(brand: string, now: Date, carrier?: string): Result<Pack, UnknownBrand | NoneInForce>;
  /** The version pinned to a case: never replaced by a younger one. */
  byVersion(version: string): Result<Pack, UnknownVersion>;
  /** The youngest version, in force or to come. */
  latest(brand: string): Result<Pack, UnknownBrand>;
  /** The laws where the subscriber lives, for what is received `at`. */
  lawsIn(region: string, at: Date): readonly Jurisdiction[];
  /** The ways in that this brand has to hold open to anybody without sign-in: by the laws of the regions that any of its packs in force serves. */
  openEntries(brand: string, at: Date): readonly OpenEntry[];
};

export const packsOf = (packs: readonly Pack[], jurisdictions: readonly Jurisdiction[]): Packs => {
  const oldestFirst = packs.toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1));
  const byVersion = new Map(oldestFirst.map((pack) => [versionOf(pack) as string, pack]));
  if (byVersion.size < packs.length) throw new Error('two policy packs have the same brand and day');
  const brands = [...new Set(packs.map((pack) => pack.brand))].toSorted();
  const of = (brand: string): Result<readonly Pack[], UnknownBrand> =>
    brands.includes(brand) ? ok(oldestFirst.filter((pack) => pack.brand === brand)) : no({ kind: 'unknown-brand', brand, existing: brands });
  const versions = oldestFirst.map(versionOf);
  const entriesLast = new Map<string, { readonly quarter: number; readonly entries: readonly OpenEntry[] }>();
  return {
    brands,
    versions,
    inForce: (brand, now, carrier) => {
      const found = of(brand);
      if (!found.ok) return found;
      // What every pack of a brand says alike (its name, its colour) may be read from any; what a line is held to, only from its own.
      const fits = (one: Pack): boolean => carrier === undefined || one.carrier === undefined || one.carrier === carrier;
      const pack = found.value.findLast((one) => fits(one) && one.validFrom <= dayIn(now, one.calendar.zone));
      return pack ? ok(pack) : no({ kind: 'none-in-force', brand, first: found.value[0]?.validFrom ?? '' });
    },
    byVersion: (version) => {
      const pack = byVersion.get(version);
      return pack ? ok(pack) : no({ kind: 'unknown-version', version, existing: versions });
    },
    latest: (brand) => {
      const found = of(brand);
      if (!found.ok) return found;
      const pack = found.value.at(-1);
      return pack ? ok(pack) : no({ kind: 'unknown-brand', brand, existing: brands });
    },
    lawsIn: (region, at) => lawsIn(jurisdictions, region, at),
    openEntries: (brand, at) => {
      // No day begins anywhere within a quarter of an hour, so no law and no pack does.
      const quarter = Math.floor(at.getTime() / 900_000);
      const last = entriesLast.get(brand);
      if (last?.quarter === quarter) return last.entries;
      const inForce = oldestFirst.filter((one) => one.brand === brand && one.validFrom <= dayIn(at, one.calendar.zone));
      const youngest = [...new Map(inForce.map((one) => [packName(one), one])).values()];
      const entries = openEntries(jurisdictions, youngest.flatMap(({ serves }) => serves), at);
      entriesLast.set(brand, { quarter, entries });
      return entries;
    },
  };
};

type Under = { readonly next: WeakMap<object, Under>; held?: UnderLaw };
const under = new WeakMap<Pack, Under>();
/** Reckoned once for each pack and the laws over it: neither changes. */
const underLaws = (pack: Pack, laws: readonly Jurisdiction[]): UnderLaw => {
  let at = under.get(pack) ?? { next: new WeakMap<object, Under>() };
  under.set(pack, at);
  for (const law of laws) {
    const next = at.next.get(law) ?? { next: new WeakMap<object, Under>() };
    at.next.set(law, next);
    at = next;
  }
  return (at.held ??= underLaw(pack, laws));
};

/**
 * The pack as it holds for a subscriber who lives in `region`, under the law as it stood when the statement was received `at`:
 * a case keeps its law by that day, as it keeps its pack by version.
 */
export const inRegion = (packs: Pick<Packs, 'lawsIn'>, pack: Pack, region: string, at: Date): UnderLaw => underLaws(pack, packs.lawsIn(region, at));

export const forRegion = (packs: Pick<Packs, 'lawsIn'>, pack: Pack, region: string, at: Date): Pack => inRegion(packs, pack, region, at).pack;

/** What is particular where the subscriber lives, in words. */
export const regionNote = (pack: Pack, region: string): Text => {
  const note = pack.regionNotes[Object.keys(pack.regionNotes).find((place) => liesIn(region, place)) ?? '*'];
  if (note === undefined) throw new Error(`${versionOf(pack)} has no note for the regions it does not name`);
  return note;
};
