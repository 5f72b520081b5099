import { Card, SummaryList } from '../../design/index.ts';
import type { Status } from '../../desk/views.ts';
import type { Words } from '../words.tsx';

/** When each service that is sold along with the line ends, or that it has ended (ST7). */
export const ServicesCard = ({ view: { services, cancelled }, words }: { readonly view: Pick<Status, 'services' | 'cancelled'>; readonly words: Words }) => {
  const { say, compose, text, instant } = words;
  const stands = (endedAt: Date | undefined) => {
    if (endedAt !== undefined) return compose('services.ended', { at: instant(endedAt) });
    if (cancelled.answer === 'kept') return say('services.kept');
    return cancelled.answer === 'from' && cancelled.at !== undefined ? compose('services.ends-on', { at: instant(cancelled.at) }) : say('services.ends-later');
  };
  return services.length === 0 ? null : (
    <Card title={say('services.title')}><SummaryList answers={services.map(({ label, endedAt }) => ({ what: text(label), is: stands(endedAt) }))} /></Card>
  );
};
