/** The full record of a case as one file that any computer opens. */
import { strToU8, zipSync } from 'fflate';
import type { CaseRecord } from '../desk/record.ts';
import { formatInstant, formatPhone } from '../language/index.ts';
import type { Pack } from '../policy/pack.ts';
import type { Words } from './words.tsx';

const json = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 2)}\n`);
const pad = (count: number): string => String(count).padStart(2, '0');

export const recordZip = (record: CaseRecord, { words, pack, now, verifyUrl, pdf }: { readonly words: Words; readonly pack: Pack; readonly now: Date; readonly verifyUrl: string; readonly pdf?: Buffer }): Buffer => {
  const { status, jws, firstJws, agreements, journal, notices, money } = record;
  const at = (instant: Date): string => formatInstant(instant, pack.calendar.zone, words.language);
  const files: Record<string, Uint8Array> = {
    'README.txt': strToU8(words.say('record.readme', { brand: words.text(pack.name), number: status.applicationNumber, at: at(now), verify: verifyUrl })),
    'receipt.txt': strToU8(words.say('record.receipt', { number: status.applicationNumber, line: formatPhone(status.line.msisdn), at: at(status.receivedAt), verdict: words.life(`state.${status.state}`) })),
    ...(jws === undefined ? {} : { 'certificate.jws': strToU8(`${jws}\n`) }),
    ...(firstJws === undefined ? {} : { 'certificate-as-first-issued.jws': strToU8(`${firstJws}\n`) }),
    ...(status.esim === undefined ? {} : { 'esim.json': json(status.esim) }),
    ...(pdf === undefined ? {} : { 'certificate.pdf': new Uint8Array(pdf) }),
    ...Object.fromEntries(agreements.map(({ id, pdf: signed }) => [`agreements/${id}.pdf`, new Uint8Array(signed)])),
    'journal.json': json(journal),
    'money.json': json(money),
    ...(status.refund === undefined ? {} : { 'refund.json': json(status.refund) }),
    'messages.json': json(status.messages),
    'notices.json': json(notices.map(({ subject: _subject, text: _text, ...sent }) => sent)),
  };
  notices.forEach(({ subject, text, ...sent }, index) => {
    files[`notices/${pad(index + 1)}-${sent.template}-${sent.channel}.txt`] = strToU8(`${sent.at.toISOString()} ${sent.to} ${sent.state}\n${subject === undefined ? '' : `${subject}\n`}\n${text ?? ''}\n`);
  });
  return Buffer.from(zipSync(files, { mtime: now }));
};
