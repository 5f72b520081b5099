import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/global-setup.ts'],
    // Stories wait for what comes; how long that takes is the machine's affair, and no test's.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // A test that was narrowed or left empty must not pass for a test.
    allowOnly: false,
    passWithNoTests: false,
  },
});
