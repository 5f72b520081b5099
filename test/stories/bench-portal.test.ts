import { expect, it } from 'vitest';
import { inWords, measurePortal, pages } from '../../bench/portal/portal.ts';
import { testDatabase } from '../database.ts';

it('the bench of the portal asks for pages that are there, of people who are signed in, in a house with other cases, and says what they weigh and cost', async () => {
  const database = await testDatabase();
  try {
    const figures = await measurePortal(() => undefined, { cases: 600, rate: 4, seconds: 2, rounds: 1, databaseUrl: database.url });
    expect(figures).toMatchObject({ cases: 600, people: 120, failed: 0, webProcesses: 1 });
    for (const page of pages) {
      const { p50, p99, bytes } = figures.pages[page];
      expect(p50.median).toBeGreaterThan(0);
      expect(p99.median).toBeGreaterThanOrEqual(p50.median);
      expect(bytes).toBeGreaterThan(2000);
      expect(bytes).toBeLessThan(30_000); // a page may weigh no more, on any machine
    }
    expect(figures.cpu.web.median).toBeGreaterThan(0);
    expect(inWords(figures).join('\n')).toMatch(/Every request was answered with its page/);
  } finally {
    await database.drop();
  }
});
