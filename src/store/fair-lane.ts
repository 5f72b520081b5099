/**
 * Brands take turns. pg-boss hands out what is oldest, whoever's it is; so while batches come full, which means that more waits
 * behind them, a lane beside the usual ones looks once a second for what is due of every brand that is not in such a batch. Where
 * everybody gets through, or one brand alone has work, nobody looks often and nothing is slower.
 */
export type FairLane<Job> = {
  /** What a usual lane was given. */
  saw(jobs: readonly Job[]): void;
  /** Resolves when nothing of it is in hand any more. */
  close(): Promise<void>;
};

export type FairLaneTools<Job> = {
  readonly batch: number;
  readonly brandOf: (job: Job) => string | undefined;
  /** Takes up to `batch` of what is due and belongs to none of these. */
  readonly fetch: (without: readonly string[]) => Promise<readonly Job[]>;
  /** Sees to them and settles them; never throws. */
  readonly carryOut: (jobs: readonly Job[]) => Promise<void>;
  readonly onError: (error: Error) => void;
};

const everyMs = 1000;
/** A full batch may be in hand for as long. */
const crowdedMs = 30_000;
/** Looking past a hundred thousand jobs takes a while: of this lane's time at most so much goes into it. */
const mostOfTime = 0.1;

const nobody = { brands: new Set<string>(), until: 0 };

export const openFairLane = <Job>({ batch, brandOf, fetch, carryOut, onError }: FairLaneTools<Job>): FairLane<Job> => {
  /** Brands of the last full batch; nobody where the last one was not full. */
  let crowd: { readonly brands: ReadonlySet<string>; readonly until: number } = nobody;
  let closing = false;
  let turn: Promise<void> | undefined;
  let notBefore = 0;

  /** One batch of each brand that waits behind the crowd. */
  const everybodyElse = async (): Promise<void> => {
    const served = new Set(crowd.brands);
    for (;;) {
      const began = performance.now();
      const jobs = await fetch([...served]);
      notBefore = performance.now() + (performance.now() - began) / mostOfTime;
      if (jobs.length === 0) return;
      await carryOut(jobs);
      if (closing) return;
      const brands = jobs.flatMap((job) => brandOf(job) ?? []);
      if (brands.length === 0 || jobs.length < batch) return;
      for (const brand of brands) served.add(brand);
    }
  };

  const timer = setInterval(() => {
    if (turn !== undefined || closing || performance.now() > crowd.until || performance.now() < notBefore) return;
    turn = everybodyElse().catch(onError).finally(() => { turn = undefined; });
  }, everyMs);
  timer.unref();

  return {
    saw: (jobs) => {
      const brands = new Set(jobs.length < batch ? [] : jobs.flatMap((job) => brandOf(job) ?? []));
      crowd = brands.size === 0 ? nobody : { brands, until: performance.now() + crowdedMs };
    },
    close: async () => {
      closing = true;
      clearInterval(timer);
      await turn;
    },
  };
};
