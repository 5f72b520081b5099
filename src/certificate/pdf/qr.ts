import { create } from 'qrcode';

/** A QR code as horizontal runs of dark modules, for drawing as vectors. `size`: modules a side, without the quiet zone of four. */
export type QrCode = { readonly size: number; readonly runs: readonly { readonly x: number; readonly y: number; readonly width: number }[] };

export const quietZone = 4; // ISO/IEC 18004 §9.1

/** Level M: readable with 15 % of it damaged, as on a sheet that was folded or copied. */
export const qrCode = (text: string): QrCode => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const runs: { x: number; y: number; width: number }[] = [];
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue;
      const last = runs.at(-1);
      if (last && last.y === y && last.x + last.width === x) last.width++;
      else runs.push({ x, y, width: 1 });
    }
  return { size: modules.size, runs };
};
