/** The carrier's side without any network: every port answers at once, from memory. Shows what the desk itself costs. */
import type { CarrierPorts, MessageChannel } from '../../src/plan/ports.ts';

export const portsInProcess = (): { readonly ports: CarrierPorts; readonly channels: { readonly mail: MessageChannel; readonly sms: MessageChannel }; close(): Promise<void> } => {
  const register = new Map<string, 'absent' | 'off'>();
  const stopped = new Set<string>();
  const off = { circuitSwitched: false, packetSwitched: false };
  const frozen = new Set<string>();
  const on = { circuitSwitched: true, packetSwitched: true };
  const billed = (ref: string) => ({ kind: 'done' as const, fact: { status: stopped.has(ref) ? 'stopped' as const : 'active' as const, owedMinor: 0, creditMinor: 0, currency: 'USD', chargesFrozen: frozen.has(ref), purchasesFrozen: frozen.has(ref) } });
  const seen = (imsi: string) => ({ kind: 'done' as const, fact: register.get(imsi) === 'absent' ? 'absent' as const : register.get(imsi) === 'off' ? off : on });
  const set = async (imsi: string, to: 'absent' | 'off') => { register.set(imsi, to); return seen(imsi); };
  const channel: MessageChannel = { send: async (_, call) => ({ kind: 'done', fact: { providerId: call.key } }) };
  return {
    ports: {
      homeRegister: { bar: (imsi) => set(imsi, 'off'), unbar: async (imsi) => { register.delete(imsi); return seen(imsi); }, detach: (imsi) => set(imsi, 'off'), remove: (imsi) => set(imsi, 'absent'), read: async (imsi) => seen(imsi) },
      sessions: { endAll: async () => ({ kind: 'done', fact: 'ended' }) },
      esimPlatform: { cancelOrder: async () => ({ kind: 'done', fact: 'order-cancelled' }) },
      billing: { settle: async (ref) => billed(ref), stop: async (ref) => { stopped.add(ref); return billed(ref); }, freeze: async (ref) => { frozen.add(ref); return billed(ref); }, unfreeze: async (ref) => { frozen.delete(ref); return billed(ref); }, read: async (ref) => billed(ref) },
      payouts: { refund: async (order, call) => ({ kind: 'done', fact: { status: 'done', ref: call.key, ...order } }), read: async () => ({ kind: 'done', fact: 'absent' }) },
      linkedServices: { end: async (_, service) => ({ kind: 'done', fact: { service, status: 'ended' } }), read: async () => ({ kind: 'done', fact: [] }) },
    } as CarrierPorts,
    channels: { mail: channel, sms: channel },
    close: async () => undefined,
  };
};
