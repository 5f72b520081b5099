import { cardEvents, type NotificationPoints } from '../../cancellation/esim-removal.ts';
import { no, ok, type Result } from '../../cancellation/result.ts';

/** As SGP.22 §5.3.5 numbers them; 101 and 102 are one platform's own. */
export const usualPoints: NotificationPoints = { 1: 'eligibility-checked', 2: 'confirmation-failed', 3: 'downloaded', 4: 'installed', 5: 'deleted', 101: 'enabled', 102: 'disabled' };

const written = new RegExp(`^(\\d{1,5})=(${cardEvents.join('|')})$`);

/** `5=deleted,201=enabled`: what a platform numbers otherwise, or adds. What is not named stays as usual. `no`: the part that is not right. */
export const readPoints = (text: string): Result<NotificationPoints, string> => {
  const parts = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const wrong = parts.find((part) => !written.test(part));
  if (wrong !== undefined) return no(wrong);
  return ok({ ...usualPoints, ...Object.fromEntries(parts.map((part) => part.split('='))) });
};
