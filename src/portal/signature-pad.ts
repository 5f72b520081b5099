/**
 * The one script of the portal: a box to draw a signature in. Without it the typed name signs; so the box is hidden until
 * the script shows it. Allowed by its hash, on the one page that has it.
 */
import { createHash } from 'node:crypto';

/** Points go into the field `drawn` as `x,y x,y;x,y …` on a board of 600 by 180 (`src/signature/drawn.ts` reads it). */
export const padScript = `(() => {
const pad = document.getElementById('pad'), board = pad.querySelector('canvas'), field = pad.querySelector('input'), pen = board.getContext('2d');
const strokes = []; let stroke = null;
const redraw = () => {
  pen.clearRect(0, 0, 600, 180); pen.lineWidth = 4; pen.lineCap = pen.lineJoin = 'round'; pen.strokeStyle = getComputedStyle(board).color;
  for (const points of strokes) { pen.beginPath(); pen.moveTo(...points[0]); for (const point of points) pen.lineTo(...point); pen.stroke(); }
  field.value = strokes.map((points) => points.map((point) => point.join(',')).join(' ')).join(';');
};
const at = (event) => { const box = board.getBoundingClientRect(), within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
  return [within((event.clientX - box.left) * 600 / box.width, 600), within((event.clientY - box.top) * 180 / box.height, 180)]; };
board.addEventListener('pointerdown', (event) => { board.setPointerCapture(event.pointerId); stroke = [at(event)]; strokes.push(stroke); redraw(); event.preventDefault(); });
board.addEventListener('pointermove', (event) => { if (stroke && field.value.length < 19000) { stroke.push(at(event)); redraw(); } });
for (const end of ['pointerup', 'pointercancel']) board.addEventListener(end, () => { stroke = null; });
pad.querySelector('button').addEventListener('click', () => { strokes.length = 0; redraw(); });
pad.hidden = false;
})();`;

/** As a Content-Security-Policy names it (CSP Level 3 §2.3.1). */
export const padSource = `'sha256-${createHash('sha256').update(padScript).digest('base64')}'`;
