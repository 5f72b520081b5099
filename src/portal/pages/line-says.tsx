import { Facts, Tag } from '../../design/index.ts';
import { isOpen } from '../../cancellation/life-cycle.ts';
import type { CaseCard, LineCard } from '../../desk/views.ts';
import type { Words } from '../words.tsx';

/** The case that is on its way, if there is one. */
export const runs = (line: LineCard): CaseCard | undefined => (line.case && isOpen(line.case.state) && line.case.state !== 'draft' ? line.case : undefined);

/** What stands beside the number, in a word or two. */
export const CaseTag = ({ line, words }: { readonly line: LineCard; readonly words: Words }) => {
  if (line.case?.todo) return <Tag tone="todo">{words.say(`home.todo.${line.case.todo}`)}</Tag>;
  if (line.status === 'cancelled') return <Tag>{words.life('state.cancelled')}</Tag>;
  const running = runs(line);
  return running ? <Tag tone="now">{words.life(`state.${running.state}`)}</Tag> : <Tag tone="done">{words.say('line.in-use')}</Tag>;
};

/** Whether it is cancelled, and what stands on it: the one line under the number. */
export const lineSays = (line: LineCard, words: Words) => {
  const { say, compose, money } = words;
  const last = line.case;
  if (line.status === 'cancelled') return last?.endedAt ? words.composeLife('verdict.yes', { day: words.day(last.endedAt) }) : words.life('state.cancelled');
  const running = runs(line);
  if (running?.effectiveAt && (running.state === 'scheduled' || running.state === 'recoverable')) return compose('home.says.from', { at: words.instant(running.effectiveAt) });
  if (running?.state === 'executing' || running?.state === 'stalled') return words.life('verdict.being-cancelled');
  if (running?.dueAt && running.state === 'reviewing') return compose('home.says.review', { day: words.day(running.dueAt) });
  if (running?.state === 'waiting') return say('home.says.waiting');
  if (running?.state === 'received') return say('home.says.stated');
  if (running) return say('home.says.not-yet');
  return <Facts of={[
    ...(line.unpaid.minor > 0 ? [say('home.says.unpaid', { amount: money(line.unpaid) })] : []),
    say('home.says.credit', { amount: money(line.credit) }),
    ...(line.boundDevices > 0 ? [say('home.says.devices', { count: line.boundDevices })] : []),
  ]} />;
};
