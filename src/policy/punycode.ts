/** A label of a host name as people see it: `xn--80ak6aa92e` is `аррӏе` in Cyrillic (RFC 3492 §6.2). Undefined where it is none. */
export const fromPunycode = (label: string): string | undefined => {
  if (!/^xn--[a-z0-9-]+$/i.test(label)) return undefined;
  const coded = label.slice(4).toLowerCase();
  const cut = coded.lastIndexOf('-');
  const seen = Array.from(coded.slice(0, Math.max(0, cut)), (letter) => letter.codePointAt(0) ?? 0);
  let [point, at, bias] = [128, 0, 72];
  for (let read = cut + 1; read < coded.length;) {
    const begun = at;
    for (let [weight, k] = [1, 36]; ; k += 36) {
      const digit = digitOf(coded[read++]);
      if (digit === undefined) return undefined;
      at += digit * weight;
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (weight > 0x7fff_ffff) return undefined;
    }
    bias = adapt(at - begun, seen.length + 1, begun === 0);
    point += Math.floor(at / (seen.length + 1));
    at %= seen.length + 1;
    if (point > 0x10_ffff) return undefined;
    seen.splice(at++, 0, point);
  }
  return String.fromCodePoint(...seen);
};

const digitOf = (letter: string | undefined): number | undefined => {
  const at = letter === undefined ? -1 : 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(letter);
  return at < 0 ? undefined : at;
};

const adapt = (delta: number, points: number, first: boolean): number => {
  let left = Math.floor(delta / (first ? 700 : 2));
  left += Math.floor(left / points);
  let k = 0;
  for (; left > 455; k += 36) left = Math.floor(left / 35);
  return k + Math.floor((36 * left) / (left + 38));
};
