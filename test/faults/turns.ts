/**
 * Two who act at once on a real PostgreSQL: before each statement of theirs a seed decides whose turn it is. Whoever waits for a lock
 * has no next statement, and the other one goes on.
 */
import pg from 'pg';
import { dbOn, type Db } from '../../src/store/db.ts';
import type { Random } from './row.ts';

/** Milliseconds after which a statement that has not answered counts as waiting for a lock. */
const blockedAfter = 25;

export type Turns = {
  /** A database of this party's own, over one connection. */
  party(name: string): Promise<Db>;
  /** Runs each party's work at once; resolves to what each came to, and in which order their statements went. */
  together<Answer>(works: Readonly<Record<string, () => Promise<Answer>>>): Promise<{ readonly answers: Readonly<Record<string, Answer>>; readonly order: string }>;
  close(): Promise<void>;
};

export const openTurns = (url: string, random: Random): Turns => {
  const clients: pg.Client[] = [];
  let waiting: { readonly name: string; readonly go: () => void }[] = [];
  let alive = 0;
  let order = '';
  let patience: NodeJS.Timeout | undefined;

  const decide = (): void => {
    clearTimeout(patience);
    if (waiting.length === 0) return;
    const next = random.pick(waiting);
    waiting = waiting.filter((one) => one !== next);
    order += next.name[0];
    if (waiting.length > 0) patience = setTimeout(decide, blockedAfter); // should its statement wait for a lock of the other's
    next.go();
  };
  const look = (): void => {
    clearTimeout(patience);
    if (waiting.length >= alive) decide();
    else patience = setTimeout(decide, blockedAfter);
  };
  const turn = (name: string): Promise<void> => new Promise((go) => {
    waiting.push({ name, go });
    look();
  });

  return {
    party: async (name) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      clients.push(client);
      return dbOn({
        connect: async () => ({
          query: async (sql: string, values?: unknown[]) => {
            if (alive > 1) await turn(name);
            return client.query(sql, values);
          },
          release: () => undefined,
        }),
        end: async () => undefined,
      });
    },
    together: async (works) => {
      order = '';
      alive = Object.keys(works).length;
      const answers = await Promise.all(Object.entries(works).map(async ([name, work]) => [name, await work().finally(() => {
        alive--;
        for (const last of alive <= 1 ? waiting.splice(0) : []) last.go(); // alone, nobody has to wait
        look();
      })] as const));
      return { answers: Object.fromEntries(answers), order };
    },
    close: async () => {
      clearTimeout(patience);
      for (const client of clients) await client.end();
    },
  };
};
