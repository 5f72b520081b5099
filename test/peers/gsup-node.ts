import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { cutIpa, encodeIpa, type IpaFrame } from '../../src/connectors/osmo-hlr-ctrl/codec.ts';

// GSUP (OsmoHLR manual, "Generic Subscriber Update Protocol"): message types and information elements used here.
const types = { 0x04: 'update-location', 0x05: 'update-location-refused', 0x06: 'update-location-accepted', 0x10: 'insert-data', 0x14: 'delete-data' } as const;
const insertDataResult = 0x12;
const domains = { cs: 2, ps: 1 } as const;

/** A VLR or SGSN: registers subscribers with the home register, and keeps what it is told. */
export type GsupNode = { readonly heard: string[]; readonly attach: (imsi: string) => Promise<string>; readonly end: () => void };

const imsiElement = (imsi: string): Buffer => {
  const padded = imsi.length % 2 === 0 ? imsi : `${imsi}f`;
  const bcd = Buffer.from(padded.match(/../g)?.map((pair) => `${pair[1]}${pair[0]}`).join('') ?? '', 'hex');
  return Buffer.concat([Buffer.of(0x01, bcd.length), bcd]);
};
const imsiOf = (payload: Buffer): string =>
  (payload.subarray(4, 4 + (payload[3] ?? 0)).toString('hex').match(/../g) ?? []).map((pair) => `${pair[1]}${pair[0]}`).join('').replace(/f$/, '');

/** IPA CCM identity: every tag that the register asks for, ours in the two that name us. */
const identity = (name: string): Buffer => Buffer.concat([Buffer.of(0x05), ...[0x08, 0x07, 0x02, 0x03, 0x04, 0x05, 0x01, 0x00].map((tag) => {
  const value = Buffer.from(`${tag < 2 ? name : '0/0/0'}\0`);
  return Buffer.concat([Buffer.of(0, value.length + 1, tag), value]);
})]);

export const openGsupNode = async (host: string, port: number, name: string, domain: 'cs' | 'ps'): Promise<GsupNode> => {
  const socket: Socket = connect({ host, port });
  await once(socket, 'connect');
  const heard: string[] = [];
  const waiting: ((said: string) => void)[] = [];
  const gsup = (type: number, imsi: string): Buffer => encodeIpa(0xee, Buffer.concat([Buffer.of(0x05, type), imsiElement(imsi), Buffer.of(0x28, 1, domains[domain])]));
  let known: () => void = () => undefined;
  const welcomed = new Promise<void>((resolve) => { known = resolve; });
  const hear = ({ protocol, payload }: IpaFrame): void => {
    if (protocol === 0xfe) {
      if (payload[0] === 0x04) socket.write(encodeIpa(0xfe, identity(name)));
      if (payload[0] === 0x04) setTimeout(known, 50);
      return;
    }
    const type = types[payload[1] as keyof typeof types];
    const imsi = imsiOf(payload);
    heard.push(`${type} ${imsi}`);
    if (type === 'insert-data') socket.write(gsup(insertDataResult, imsi));
    if (type === 'update-location-accepted' || type === 'update-location-refused') waiting.shift()?.(type);
  };
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    const cut = cutIpa(Buffer.concat([rest, chunk]));
    if (typeof cut === 'string') throw new Error(cut);
    rest = cut.rest;
    cut.frames.forEach(hear);
  });
  await welcomed;
  return {
    heard,
    attach: (imsi) => new Promise((resolve) => {
      waiting.push(resolve);
      socket.write(gsup(0x04, imsi));
    }),
    end: () => socket.destroy(),
  };
};
