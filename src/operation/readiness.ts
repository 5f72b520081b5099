/** Whether this process can do its work now. Alive is another question, and answered by answering. */
import { clockSkew, sayOff } from '../store/clock-skew.ts';
import type { Db } from '../store/db.ts';
import type { Jobs } from '../store/jobs.ts';
import { migrationState } from '../store/migrate.ts';
import type { Figures } from './figures.ts';

/** One question. Resolves to what is wrong, in words for whoever runs this; to nothing where all is well. */
export type Question = { readonly name: string; /** Seconds for which an answer holds; 1 where not said. */ readonly holds?: number; ask(): Promise<string | undefined> };
export type Ready = { readonly ok: boolean; readonly wrong: readonly { readonly name: string; readonly says: string }[] };
export type Readiness = {
  ask(): Promise<Ready>;
  /** From now on it is not ready, whatever else: this process ends. */
  end(): void;
};

const longestMs = 3000;

const inTime = async (asking: Promise<string | undefined>): Promise<string | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => { timer = setTimeout(() => resolve(`no answer within ${longestMs / 1000} s`), longestMs); });
  try {
    return await Promise.race([asking, late]);
  } catch (fault) {
    return (fault as { code?: string }).code ?? 'it failed';
  } finally {
    clearTimeout(timer);
  }
};

/** Asked often, it asks seldom: answers are kept, and asked for once at a time. */
export const openReadiness = (questions: readonly Question[]): Readiness => {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<string | undefined> }>();
  let ending = false;
  const answerTo = ({ name, holds = 1, ask }: Question): Promise<string | undefined> => {
    const found = kept.get(name);
    if (found !== undefined && found.until > performance.now()) return found.answer;
    const answer = inTime(ask());
    kept.set(name, { until: performance.now() + holds * 1000, answer });
    // What is wrong is asked again soon.
    void answer.then((says) => { if (says !== undefined) kept.set(name, { until: performance.now() + 1000, answer }); });
    return answer;
  };
  return {
    ask: async () => {
      if (ending) return { ok: false, wrong: [{ name: 'process', says: 'it is about to end' }] };
      const answers = await Promise.all(questions.map(async (one) => ({ name: one.name, says: await answerTo(one) })));
      const wrong = answers.flatMap(({ name, says }) => (says === undefined ? [] : [{ name, says }]));
      return { ok: wrong.length === 0, wrong };
    },
    end: () => { ending = true; },
  };
};

/** A machine that slept, or was set: what it dates would be wrong, and what is due would wait. */
export const clocksAgree = (db: Db): Question => ({ name: 'clock', holds: 30, ask: async () => sayOff(await clockSkew(db)) });

export const databaseAnswers = (db: Db): Question => ({
  name: 'database',
  ask: async () => {
    await db.acrossBrands((tx) => tx.query('select 1'));
    return undefined;
  },
});

/** A database that a newer Signoff has brought further still serves this one, as while one is replaced by the other. */
export const migrationsAreRight = (url: string): Question => ({
  name: 'migrations', holds: 30,
  ask: async () => {
    const { missing, changed } = await migrationState(url);
    if (missing.length > 0) return `the database lacks ${missing.join(', ')}`;
    return changed.length > 0 ? `changed after they were applied: ${changed.join(', ')}` : undefined;
  },
});

const stillSeconds = 60;

/** Something has been ready for long, and this process has not taken anything of it for as long. */
export const queuesMove = (jobs: Pick<Jobs, 'idle'>, figures: () => Promise<Figures>): Question => ({
  name: 'queues', holds: 5,
  ask: async () => {
    const idle = jobs.idle();
    const { queues } = await figures();
    const still = queues.filter(({ name, headSeconds }) => headSeconds > stillSeconds && (idle.get(name) ?? 0) > stillSeconds);
    return still.length === 0 ? undefined : still.map(({ name, headSeconds }) => `${name}: next for ${Math.round(headSeconds)} s, and nothing taken here for as long`).join('; ');
  },
});
