import { z } from 'zod';

/** A field as typed: absent is empty, sent twice is the first. */
export const typed = (most = 400) => z.preprocess((value) => (Array.isArray(value) ? value[0] : value) ?? '', z.string().max(most));
/** Boxes ticked: none, one or several. */
export const ticked = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().max(80)).max(50));

export { readForm, type SentFile, type SentForm } from '../design/index.ts';
