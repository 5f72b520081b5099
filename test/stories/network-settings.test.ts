import { describe, expect, test } from 'vitest';
import { readSettings } from '../../src/settings.ts';
import { networkEnvironment } from '../network-environment.ts';

const pem = '-----BEGIN CERTIFICATE-----\n';
/** All that a carrier needs besides its core network. */
const besides = {
  SIGNOFF_ES2PLUS_URL: 'https://127.0.0.1', SIGNOFF_ES2PLUS_CA: pem, SIGNOFF_ES2PLUS_CERT: pem, SIGNOFF_ES2PLUS_KEY: pem,
  SIGNOFF_BILLING_URL: 'http://127.0.0.1', SIGNOFF_BILLING_TOKEN: 't', SIGNOFF_PAYOUTS_URL: 'http://127.0.0.1', SIGNOFF_PAYOUTS_TOKEN: 't', SIGNOFF_SERVICES_URL: 'http://127.0.0.1', SIGNOFF_SERVICES_TOKEN: 't',
  SIGNOFF_SMTP_URL: 'smtp://127.0.0.1', SIGNOFF_SMPP_URL: 'smpp://a:b@127.0.0.1',
};
const hlr = { SIGNOFF_HLR: 'hlr.example:4259', SIGNOFF_HLR_VTY_PORT: '4258' };
const open5gs = { SIGNOFF_OPEN5GS_URL: 'https://core.example:9999', SIGNOFF_OPEN5GS_USER: 'desk', SIGNOFF_OPEN5GS_PASSWORD: 'quiet-secret', SIGNOFF_OPEN5GS_MME_URL: 'http://mme-1.example:9090, http://mme-2.example:9090' };
const radius = { SIGNOFF_RADIUS_NAS: 'pgw-1.example:3799,pgw-2.example:3800', SIGNOFF_RADIUS_SECRET: 'quiet-secret' };

const whyNot = (env: Readonly<Record<string, string>>): string => {
  try {
    readSettings(env);
  } catch (error) {
    return String(error);
  }
  throw new Error('it was taken');
};

describe('which home register, which gateways', () => {
  test('either of two registers, and as many gateways as there are', () => {
    expect(readSettings({ ...besides, ...hlr }).carrier).toMatchObject({ homeRegister: { kind: 'osmo-hlr', host: 'hlr.example', port: 4259, vtyPort: 4258 } });
    const carrier = readSettings({ ...besides, ...open5gs, ...radius, SIGNOFF_RADIUS_IDENTIFY: 'imsi, user-name' }).carrier;
    expect(carrier).toMatchObject({
      homeRegister: { kind: 'open5gs', url: 'https://core.example:9999', user: 'desk', password: 'quiet-secret', mmeUrls: ['http://mme-1.example:9090', 'http://mme-2.example:9090'] },
      radius: { nas: [{ host: 'pgw-1.example', port: 3799 }, { host: 'pgw-2.example', port: 3800 }], secret: 'quiet-secret', identifyBy: ['imsi', 'user-name'] },
    });
    if (carrier === undefined) throw new Error('no carrier');
    // What a process is told of it is what it reads.
    expect(readSettings({ ...besides, ...networkEnvironment(carrier) }).carrier).toEqual(carrier);
    expect(readSettings({ ...besides, ...hlr }).carrier?.radius).toBeUndefined();
  });

  test('two registers at once are a sentence', () => {
    expect(whyNot({ ...besides, ...hlr, ...open5gs })).toMatch(/SIGNOFF_HLR and SIGNOFF_OPEN5GS_URL both name a home register\. Set the one/);
  });

  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [{ SIGNOFF_OPEN5GS_URL: 'mongodb://core.example' }, /^CannotStart: SIGNOFF_OPEN5GS_URL is not right: is written http:\/\/host:port/],
    [{ SIGNOFF_OPEN5GS_MME_URL: 'mme-1.example:9090' }, /SIGNOFF_OPEN5GS_MME_URL is not right: is written http/],
    [{ SIGNOFF_RADIUS_NAS: 'pgw-1.example' }, /SIGNOFF_RADIUS_NAS is not right: is written host:port/],
    [{ SIGNOFF_RADIUS_IDENTIFY: 'imsi,colour' }, /SIGNOFF_RADIUS_IDENTIFY is not right: is one or more of imsi, calling-station-id, user-name/],
  ])('%j is not taken', (env, says) => {
    expect(whyNot({ ...besides, ...env })).toMatch(says);
  });

  test('production names what the chosen way needs, and nothing of the other', () => {
    const asked = (env: Readonly<Record<string, string>>): string => whyNot({ SIGNOFF_ENV: 'production', ...env });
    expect(asked({ SIGNOFF_OPEN5GS_URL: 'https://core.example', SIGNOFF_RADIUS_NAS: 'pgw:3799' })).toMatch(/SIGNOFF_OPEN5GS_USER .*SIGNOFF_OPEN5GS_PASSWORD .*SIGNOFF_OPEN5GS_MME_URL .*SIGNOFF_RADIUS_SECRET /);
    expect(asked({ SIGNOFF_OPEN5GS_URL: 'https://core.example' })).not.toMatch(/SIGNOFF_HLR|SIGNOFF_RADIUS/);
    expect(asked({})).not.toMatch(/SIGNOFF_OPEN5GS_(USER|PASSWORD|MME_URL)|SIGNOFF_RADIUS_SECRET/);
    expect(asked({ ...open5gs, ...radius })).not.toContain('quiet-secret');
  });
});
