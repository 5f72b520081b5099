import type { CarrierSettings } from '../src/settings.ts';

/** A carrier's core network as a process is told of it. */
export const networkEnvironment = ({ homeRegister, radius }: Pick<CarrierSettings, 'homeRegister' | 'radius'>): Readonly<Record<string, string>> => ({
  ...(homeRegister.kind === 'osmo-hlr'
    ? { SIGNOFF_HLR: `${homeRegister.host}:${homeRegister.port}`, SIGNOFF_HLR_VTY_PORT: String(homeRegister.vtyPort ?? '') }
    : { SIGNOFF_OPEN5GS_URL: homeRegister.url, SIGNOFF_OPEN5GS_USER: homeRegister.user, SIGNOFF_OPEN5GS_PASSWORD: homeRegister.password, SIGNOFF_OPEN5GS_MME_URL: homeRegister.mmeUrls.join(',') }),
  ...(radius === undefined ? {} : { SIGNOFF_RADIUS_NAS: radius.nas.map(({ host, port }) => `${host}:${port}`).join(','), SIGNOFF_RADIUS_SECRET: radius.secret, SIGNOFF_RADIUS_IDENTIFY: radius.identifyBy.join(',') }),
});
