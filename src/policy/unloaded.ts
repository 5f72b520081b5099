/** A file under policies/ that is no TypeScript, or whose lines fail when they are run. `line`: in `file`, which may be one that the listed file brings with it. */
export type Unloaded = { readonly listed: string; readonly file: string; readonly line?: number; readonly says: string };

/** `fault` as its `import` threw it: by the compiler (`…/policies/x.ts:31:28: ERROR: …`), by the loader or by the file itself (`at file:///…/policies/x.ts:12:5`). */
export const whyUnloaded = (listed: string, fault: unknown): Unloaded => {
  const { message, stack } = fault instanceof Error ? { message: fault.message, stack: fault.stack ?? '' } : { message: String(fault), stack: '' };
  const missing = /Cannot find module '[^']*\/(policies\/[^']+)' imported from \S*\/policies\/([^\s']+)/.exec(message);
  if (missing !== null) return { listed, file: missing[2] === 'index.ts' ? listed : missing[2] ?? listed, says: `there is no file ${missing[1]}` };
  const [, file, line] = /\/policies\/((?:brands|calendars|jurisdictions)\/[^\s:'"()?]+\.ts)(?:\?[^\s:]*)?:(\d+)/.exec(`${message}\n${stack}`) ?? [];
  const says = (/ERROR: (.+)/.exec(message)?.[1] ?? message.split('\n')[0] ?? '').replace(/\.$/, '');
  return { listed, file: file ?? listed, ...(line === undefined ? {} : { line: Number(line) }), says };
};

/** `policies/brands/x/2026-11-01.ts:31` */
export const placeOf = ({ file, line }: Unloaded): string => `policies/${file}${line === undefined ? '' : `:${line}`}`;

export const unloadedInWords = (one: Unloaded): string => `${placeOf(one)} can't be read (${one.says}): mend it there, then try again.`;
