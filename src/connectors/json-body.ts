/** JSON from outside: bounded in size and depth, read into a checked value, or why not, without a word of what stands in it. */
import type { z } from 'zod';
import { no, ok, type Result } from '../cancellation/result.ts';

/** No document of ours is deeper than four. */
const maxDepth = 16;

const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') { if ((depth += 1) > maxDepth) return true; } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
};

export const parseJson = (body: string, maxBytes: number): Result<unknown, string> => {
  if (Buffer.byteLength(body) > maxBytes) return no(`longer than ${maxBytes} bytes`);
  if (isTooDeep(body)) return no(`deeper than ${maxDepth}`);
  try {
    return ok(JSON.parse(body));
  } catch {
    return no('not JSON');
  }
};

export const parseBody = <Value, Kind extends string>(kind: Kind, schema: z.ZodType<Value>, body: string, maxBytes: number): Result<Value, { readonly kind: Kind; readonly says: string }> => {
  const json = parseJson(body, maxBytes);
  if (!json.ok) return no({ kind, says: json.why });
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const first = parsed.error.issues[0];
  // Where it is wrong, never what stands there: a body may carry an ICCID, a number, a name.
  return no({ kind, says: `${first?.path.join('.').slice(0, 120) || 'body'}: ${first?.code ?? 'invalid'}` });
};
