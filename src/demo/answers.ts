/** What a person types into a form, by what the form asks for: nothing here knows whose form it is. */
import type { HTMLElement } from 'node-html-parser';
import sharp from 'sharp';
import type { DemoLine, DemoSubscriber } from './data.ts';
import type { File, Filled } from './visitor.ts';

/** A card that is nobody's: a photo field, lines where writing would be, and grain so that it weighs what a photo weighs. */
const specimen = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const plain = (width: number, height: number, background: string) => sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();
  const rows = [180, 240, 300, 360, 520, 560];
  const bytes = await sharp({ create: { width: 1000, height: 640, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 225, sigma: 10 } } })
    .composite([
      { input: await plain(240, 320, '#9fb1cb'), left: 60, top: 140 },
      ...(await Promise.all(rows.map(async (top, index) => ({ input: await plain(index < 4 ? 420 - index * 60 : 880, 18, '#55617a'), left: index < 4 ? 360 : 60, top })))),
    ]).jpeg({ quality: 85 }).toBuffer();
  return new Uint8Array(bytes);
};

export const photo = async (name: string): Promise<File> => ({ name, type: 'image/jpeg', contents: await specimen() });

/** `code`: the one that came last; called only where a form asks for one. */
export type Applicant = { readonly subscriber: DemoSubscriber; readonly line: DemoLine; readonly code: () => Promise<string>; readonly note: string };

const typedBy = async (field: string, { subscriber: { person, question }, line, code, note }: Applicant): Promise<string | undefined> => {
  switch (field) {
    case 'name': return person.name;
    case 'email': return person.email ?? '';
    case 'phone': return person.contactPhone ?? '';
    case 'deviceModel': return line.devices[0]?.name;
    case 'imei': return line.devices[0]?.imei;
    case 'eid': return line.identifiers.eid;
    case 'answer': return question?.answer;
    case 'signature': return person.name;
    case 'note': return note;
    case 'code': return code();
    default: return undefined;
  }
};

const valuesOf = (form: HTMLElement, kind: 'radio' | 'checkbox'): Map<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const one of form.querySelectorAll(`input[type=${kind}]`)) {
    const name = one.getAttribute('name') ?? '';
    values.set(name, [...(values.get(name) ?? []), one.getAttribute('value') ?? 'on']);
  }
  return values;
};

/** Every box ticked, of every group what this person would choose or the first, every field typed, a photo wherever a file is wanted. */
export const answersTo = async (form: HTMLElement, applicant: Applicant): Promise<Filled> => {
  const { subscriber: { reason, credit } } = applicant;
  const filled: Record<string, Filled[string]> = {};
  for (const [name, values] of valuesOf(form, 'checkbox')) filled[name] = values;
  for (const [name, values] of valuesOf(form, 'radio'))
    filled[name] = values.find((value) => value === reason || (credit !== undefined && value.startsWith(credit))) ?? values[0] ?? '';
  for (const one of form.querySelectorAll('input, textarea')) {
    const name = one.getAttribute('name') ?? '';
    const type = one.tagName === 'TEXTAREA' ? 'text' : one.getAttribute('type') ?? 'text';
    if (type === 'file') filled[name] = await photo(`${name}.jpg`);
    else if (!['hidden', 'checkbox', 'radio', 'submit'].includes(type)) {
      const typed = await typedBy(name, applicant);
      if (typed !== undefined) filled[name] = typed;
    }
  }
  return filled;
};
