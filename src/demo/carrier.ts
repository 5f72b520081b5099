import type { CarrierSettings } from '../settings.ts';
import type { SimulatorEndpoints } from '../simulator/start.ts';

/** The simulator's doors as the settings that production has for a carrier. */
export const carrierOfSimulator = ({ es2plus, homeRegister, radius, billing, payouts, linkedServices, smtp, smpp }: SimulatorEndpoints): CarrierSettings => ({
  homeRegister: { kind: 'osmo-hlr', ...homeRegister },
  radius,
  esimPlatform: { url: es2plus.url, tls: es2plus.tls, requester: es2plus.functionRequesterIdentifier },
  billing,
  payouts: { kind: 'http', ...payouts },
  services: linkedServices,
  mail: { host: smtp.host, port: smtp.port, tls: smtp.tls },
  sms: smpp,
});
