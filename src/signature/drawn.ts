/** A signature drawn by hand: strokes of points in a box, as the page sends them and the PDF draws them. */

export const drawingBox = { width: 600, height: 180 } as const;
type Point = readonly [x: number, y: number];
export type Drawn = readonly (readonly Point[])[];

const longest = 20_000;
const form = /^\d{1,3},\d{1,3}( \d{1,3},\d{1,3})*(;\d{1,3},\d{1,3}( \d{1,3},\d{1,3})*)*$/;
/** Less is a slip of the finger: points of the box that the pen went. */
const least = 60;

const went = (stroke: readonly Point[]): number =>
  stroke.reduce((sum, [x, y], at) => { const [fromX, fromY] = stroke[at - 1] ?? [x, y]; return sum + Math.hypot(x - fromX, y - fromY); }, 0);

/** `12,40 13,44;80,10 82,12`: points by blanks, strokes by semicolons. Undefined where it is not that, or next to nothing. */
export const readDrawn = (text: string): Drawn | undefined => {
  if (text.length > longest || !form.test(text)) return undefined;
  const drawn = text.split(';').map((stroke) => stroke.split(' ').map((point): Point => {
    const [x = 0, y = 0] = point.split(',').map(Number);
    return [Math.min(x, drawingBox.width), Math.min(y, drawingBox.height)];
  }));
  return drawn.reduce((sum, stroke) => sum + went(stroke), 0) < least ? undefined : drawn;
};
