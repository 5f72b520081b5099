import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // What is pure leaves nothing behind: its files share their workers, instead of a new one for each.
    projects: [
      { extends: true, test: { name: 'pure', include: ['test/pure/**/*.test.{ts,tsx}'], isolate: false } },
      { extends: true, test: { name: 'stories', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/pure/**', 'test/peers/**'], globalSetup: ['test/global-setup.ts'] } },
      { extends: true, test: { name: 'peers', include: ['test/peers/**/*.test.{ts,tsx}'], globalSetup: ['test/global-setup.ts'] } },
    ],
    // Stories wait for what comes; how long that takes is the machine's affair, and no test's.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // A test that was narrowed or left empty must not pass for a test.
    allowOnly: false,
    passWithNoTests: false,
  },
});
