/** Delivery receipts (SMPP 3.4 appendix B, §5.3.2.35). */
import { tags, type ShortMessage } from './codec.ts';

/** §5.2.28, in its order from 1. */
export const messageStates = ['enroute', 'delivered', 'expired', 'deleted', 'undeliverable', 'accepted', 'unknown', 'rejected'] as const;
export type MessageState = (typeof messageStates)[number];

/** Of one part: `messageId` is one of the ids in the providerId of what was sent. */
export type Receipt = { readonly messageId: string; readonly state: MessageState; /** The network's own, three characters. */ readonly error?: string };

const words: Readonly<Record<string, MessageState>> = {
  ENROUTE: 'enroute', DELIVRD: 'delivered', EXPIRED: 'expired', DELETED: 'deleted', UNDELIV: 'undeliverable', ACCEPTD: 'accepted', UNKNOWN: 'unknown', REJECTD: 'rejected',
};

/** §5.2.12, bits 5 to 2: 0001 is a receipt. */
export const receiptClass = 0x04;
export const isReceipt = (sm: ShortMessage): boolean => (sm.esmClass & 0x3c) === receiptClass;

const valueOf = (sm: ShortMessage, tag: number): Buffer | undefined => sm.tlvs.find((tlv) => tlv.tag === tag)?.value;

/** The TLVs where the centre sends them, else the text that appendix B describes. Null: no receipt that can be read. */
export const receiptIn = (sm: ShortMessage): Receipt | null => {
  if (!isReceipt(sm)) return null;
  const text = sm.message.toString('latin1').slice(0, 512);
  const messageId = valueOf(sm, tags.receipted_message_id)?.toString('latin1').replace(/\0.*$/s, '') ?? /\bid:(\S{1,64})/.exec(text)?.[1];
  const state = messageStates[(valueOf(sm, tags.message_state)?.[0] ?? 0) - 1] ?? words[/\bstat:([A-Z]{7})/.exec(text)?.[1] ?? ''];
  if (!messageId || messageId.length > 64 || !state) return null;
  const error = /\berr:(\w{1,3})/.exec(text)?.[1];
  return error === undefined ? { messageId, state } : { messageId, state, error };
};

/** YYMMDDhhmm, UTC. */
const receiptDate = (at: Date): string => at.toISOString().replace(/\D/g, '').slice(2, 12);

export const receiptText = (receipt: Receipt, submitted: Date, done: Date): string => {
  const stat = Object.keys(words).find((word) => words[word] === receipt.state) ?? 'UNKNOWN';
  return `id:${receipt.messageId} sub:001 dlvrd:${receipt.state === 'delivered' ? '001' : '000'} submit date:${receiptDate(submitted)} done date:${receiptDate(done)} stat:${stat} err:${receipt.error ?? '000'} text:`;
};
