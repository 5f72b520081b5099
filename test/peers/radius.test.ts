import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requirePeer } from '../../src/cli/peers.ts';
import { radiusDisconnect, type RadiusOptions } from '../../src/connectors/radius-disconnect/sessions.ts';
import type { Call } from '../../src/plan/ports.ts';
import { startSimulator, type Simulator } from '../../src/simulator/start.ts';
import { imsis, openRelay, secret, startFreeradius } from './freeradius-server.ts';
import { host } from './start-program.ts';

const msisdn = '+12025550142';
const call = (): Call => ({ key: 'k', signal: new AbortController().signal });

describe('a real freeradius, asked by us', () => {
  let server: Awaited<ReturnType<typeof startFreeradius>>;
  beforeAll(async () => { server = await startFreeradius(); });
  afterAll(() => server?.stop());

  const asked = async <Answer>(ask: (sessions: ReturnType<typeof radiusDisconnect>) => Promise<Answer>, options: Partial<RadiusOptions> = {}): Promise<Answer> => {
    const sessions = radiusDisconnect({ nas: [{ host, port: server.port }], secret, timeoutMs: 5_000, identifyBy: ['imsi'], now: () => new Date(), ...options });
    return ask(sessions).finally(() => sessions.close());
  };

  test('ends the session that it has, knows of no other, and says no in its own words', async () => {
    const answers = await asked((sessions) => Promise.all(Object.values(imsis).map((imsi) => sessions.endAll({ imsi, msisdn }, call()))));
    expect(answers).toMatchObject([
      { kind: 'done', fact: 'ended' },
      { kind: 'refused', code: 'error-cause-504', says: expect.stringContaining('Session Context Not Removable') },
      { kind: 'refused', code: 'no-cause', says: expect.stringContaining('without a cause') },
      { kind: 'done', fact: 'none-there' },
      { kind: 'refused', code: 'error-cause-777', says: expect.stringContaining('which RFC 5176 does not have') },
    ]);
  });

  test('knows the subscriber by User-Name and Calling-Station-Id as well', async () => {
    expect(await asked((sessions) => sessions.endAll({ imsi: imsis.has, msisdn }, call()), { identifyBy: ['user-name', 'calling-station-id'] })).toEqual({ kind: 'done', fact: 'ended' });
    expect(await asked((sessions) => sessions.endAll({ imsi: imsis.has, msisdn: '+12025550143' }, call()), { identifyBy: ['user-name', 'calling-station-id'] })).toEqual({ kind: 'done', fact: 'none-there' });
  });

  test('takes a request that was lost, or whose answer was, for a repeat: the same octets, the same answer', async () => {
    for (const lost of ['>', '<'] as const) {
      const relay = await openRelay(server.port, (side, nth) => side === lost && nth === 1);
      expect(await asked((sessions) => sessions.endAll({ imsi: imsis.has, msisdn }, call()), { nas: [{ host, port: relay.port }], firstPauseMs: 200 })).toEqual({ kind: 'done', fact: 'ended' });
      expect([relay.passed['>'].length, new Set(relay.passed['>']).size, new Set(relay.passed['<']).size]).toEqual([2, 1, 1]);
      relay.end();
    }
  });

  test('says nothing to whose secret it does not know: unknown, never done', async () => {
    const silent = await asked((sessions) => sessions.endAll({ imsi: imsis.has, msisdn }, call()), { secret: 'another', timeoutMs: 700, firstPauseMs: 200 });
    expect(silent).toEqual({ kind: 'unknown', says: `${host}:${server.port}: no answer within 700 ms` });
    expect(await asked((sessions) => sessions.check(call().signal))).toMatchObject({ kind: 'ok' });
    expect(await asked((sessions) => sessions.check(call().signal), { secret: 'another', timeoutMs: 700 })).toMatchObject({ kind: 'unreachable' });
  });

  test('answers two hundred at once over one socket', async () => {
    const all = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? imsis.has : imsis.hasNot));
    const answers = await asked((sessions) => Promise.all(all.map((imsi) => sessions.endAll({ imsi, msisdn }, call()))), { timeoutMs: 20_000 });
    expect(answers).toEqual(all.map((imsi) => ({ kind: 'done', fact: imsi === imsis.has ? 'ended' : 'none-there' })));
  });
});

describe('Debian\'s radclient, asking our gateway', () => {
  let simulator: Simulator;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signoff-carrier-'));
    simulator = await startSimulator({ folder, now: () => new Date() });
    await simulator.seed({ sessions: [{ id: 'a-1', imsi: imsis.has, msisdn: '12025550142' }, { id: 'a-2', imsi: imsis.has, msisdn: '12025550142' }, { id: 'b-1', imsi: imsis.hasNot, userName: 'b' }] });
  });
  afterAll(async () => {
    await simulator?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What radclient shows of the answer; it believes none with a wrong authenticator. */
  const radclient = (attributes: string, sharedSecret = simulator.endpoints.radius.secret): Promise<string> => new Promise((resolve, reject) => {
    const [nas] = simulator.endpoints.radius.nas;
    const child = spawn(requirePeer('radclient'), ['-x', '-r', '1', '-t', '1', `${nas?.host}:${nas?.port}`, 'disconnect', sharedSecret], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
    child.once('error', reject).once('close', () => resolve(said));
    child.stdin.end(`${attributes}\n`);
  });
  const ended = (): readonly unknown[] => simulator.effects().filter(({ system }) => system === 'nas').map(({ subject, detail }) => [subject, detail?.['session']]);

  test('has it end sessions by IMSI and by their ids, and believes its answers', async () => {
    expect(await radclient('Acct-Session-Id="a-1",Message-Authenticator=0x00')).toMatch(/Received Disconnect-ACK[\s\S]*Message-Authenticator/);
    expect(ended()).toEqual([[imsis.has, 'a-1']]);
    expect(await radclient(`3GPP-IMSI="${imsis.has}"`)).toContain('Received Disconnect-ACK');
    expect(await radclient(`3GPP-IMSI="${imsis.has}"`)).toMatch(/Received Disconnect-NAK[\s\S]*Error-Cause = Session-Context-Not-Found/);
    expect(await radclient('User-Name="b",Calling-Station-Id="1"')).toContain('Session-Context-Not-Found');
    expect(ended()).toEqual([[imsis.has, 'a-1'], [imsis.has, 'a-2']]);
  });

  test('is told what does not go', async () => {
    expect(await radclient('NAS-Port=1')).toContain('Error-Cause = Unsupported-Attribute');
    expect(await radclient('Event-Timestamp=1000,User-Name="b"')).toContain('No reply');
    expect(await radclient('User-Name="b"', 'another')).toContain('No reply');
    await simulator.addFault({ system: 'nas', fault: 'refuse', code: '504' });
    expect(await radclient('User-Name="b"')).toContain('Error-Cause = Session-Context-Not-Removable');
    await simulator.addFault({ system: 'nas', fault: 'garbage', code: 'wrong-authenticator' });
    expect(await radclient('User-Name="b"')).not.toContain('Received Disconnect-ACK');
  });
});
