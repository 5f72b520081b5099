/**
 * From one brand colour, every other: each text colour is moved until it reads on what it stands on (WCAG 2.2 1.4.3),
 * so that a brand with a pale or a loud colour needs no exception.
 */
export type Rgb = readonly [number, number, number];

export const parseHex = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};
export const toHex = (colour: Rgb): string => `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;

const linear = (channel: number): number => {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
const luminance = ([red, green, blue]: Rgb): number => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** Contrast ratio, 1 to 21 (WCAG 2.2, relative luminance). */
export const contrast = (one: Rgb, other: Rgb): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/** `share` of `other` in `one`, 0 to 1. */
export const mix = (one: Rgb, other: Rgb, share: number): Rgb =>
  one.map((channel, place) => channel + ((other[place] ?? 0) - channel) * share) as unknown as Rgb;

/** `colour`, moved towards `ink` no further than it takes to reach `ratio` on each of the grounds. */
export const readableOn = (colour: Rgb, grounds: readonly Rgb[], ink: Rgb, ratio: number): Rgb => {
  for (let share = 0; share < 1; share += 0.04) {
    // Rounded as it will be written: the last digit decides at the edge.
    const tried = parseHex(toHex(mix(colour, ink, share)));
    if (grounds.every((ground) => contrast(tried, ground) >= ratio)) return tried;
  }
  return ink;
};

export type BrandColour = { readonly light: string; readonly dark: string };

const neutral = {
  light: { paper: '#faf8f4', card: '#ffffff', ink: '#1d1b19', quiet: '#5e5a54', edge: '#857f75', line: '#e7e2d9', todo: '#8a5200', done: '#1b6b40', stop: '#a3262a' },
  dark: { paper: '#151412', card: '#1f1d1b', ink: '#f2efe9', quiet: '#b3ada3', edge: '#8a847a', line: '#38352f', todo: '#f0b860', done: '#73cb9c', stop: '#f39a95' },
} as const;

/** Custom properties of one scheme: names without `--`, values in hex. */
export const tokensOf = (brandHex: string, scheme: 'light' | 'dark'): Record<string, string> => {
  const base = neutral[scheme];
  const [paper, card, ink, brand] = [base.paper, base.card, base.ink, brandHex].map(parseHex) as [Rgb, Rgb, Rgb, Rgb];
  const white = parseHex('#ffffff');
  const black = parseHex('#17130f');
  const tinted = (hue: Rgb): Rgb => parseHex(toHex(mix(card, hue, scheme === 'light' ? 0.1 : 0.14)));
  const tint = tinted(brand);
  const onBrand = contrast(white, brand) >= contrast(black, brand) ? white : black;
  const fill = readableOn(brand, [onBrand], onBrand === white ? black : white, 4.5);
  // An amber dark enough to read makes a muddy ground: the ground has a hue of its own.
  const ground = { todo: tinted(parseHex('#f5a300')), done: tinted(parseHex(base.done)), stop: tinted(parseHex(base.stop)) };
  const signal = (name: 'todo' | 'done' | 'stop'): Record<string, string> => {
    return { [name]: toHex(readableOn(parseHex(base[name]), [paper, card, ground[name]], ink, 4.6)), [`${name}-tint`]: toHex(ground[name]) };
  };
  return {
    ...base,
    brand: toHex(fill),
    'brand-over': toHex(mix(fill, onBrand === white ? black : white, 0.14)),
    'on-brand': toHex(onBrand),
    link: toHex(readableOn(brand, [paper, card, tint], ink, 4.6)),
    tint: toHex(tint),
    'tint-line': toHex(mix(tint, brand, 0.2)),
    ...signal('todo'), ...signal('done'), ...signal('stop'),
    // Off the air: the banner of a line that is cancelled.
    night: scheme === 'light' ? '#26221e' : '#0b0a09',
    'on-night': '#f4f0e8',
    'quiet-night': '#bdb6aa',
  };
};
