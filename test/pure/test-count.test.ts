import { describe, expect, test } from 'vitest';
import { concludePeers, countTests } from '../../src/cli/test-command.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((one) => ({ status: one })) });
const report = (...testResults: ReturnType<typeof file>[]) => ({
  numPassedTests: testResults.flatMap((one) => one.assertionResults).filter((one) => one.status === 'passed').length,
  testResults,
});

describe('what `signoff test` counts', () => {
  test('each test once', () => {
    expect(countTests(report(file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')), false, false)).toEqual({ passed: 3, failed: 1 });
  });
  test('a file that could not be loaded is a failure', () => {
    expect(countTests(report(file('passed', 'passed'), file('failed')), false, false)).toEqual({ passed: 1, failed: 1 });
  });
  test('a skipped test is a failure, unless the caller chose which to run', () => {
    const skipped = report(file('passed', 'passed', 'skipped', 'todo'));
    expect(countTests(skipped, true, false)).toEqual({ passed: 1, failed: 2 });
    expect(countTests(skipped, true, true)).toEqual({ passed: 1, failed: 0 });
  });
  test('a crash, a leaked error and an empty run are failures', () => {
    expect(countTests(undefined, false, false)).toEqual({ passed: 0, failed: 1 });
    expect(countTests(report(file('passed', 'passed')), false, false)).toEqual({ passed: 1, failed: 1 });
    expect(countTests(report(), true, false)).toEqual({ passed: 0, failed: 1 });
  });
});

test('what `signoff test-peers` ends in: a peer that is missing is a failed case, and a run of nothing is no success', () => {
  expect(concludePeers({ passed: 7, failed: 0 }, 0)).toEqual({ line: '7 cases, 0 failed', status: 0 });
  expect(concludePeers({ passed: 7, failed: 1 }, 2)).toEqual({ line: '10 cases, 3 failed', status: 1 });
  expect(concludePeers({ passed: 0, failed: 0 }, 0)).toEqual({ line: '0 cases, 0 failed', status: 1 });
});
