import type { Message } from '../../desk/conversation.ts';
import type { Words } from '../words.tsx';

/** What was said, the oldest first; the desk's own set apart. */
export const Talk = ({ messages, words, attachment }: {
  readonly messages: readonly Pick<Message, 'author' | 'text' | 'at' | 'opensAt' | 'via' | 'attachments'>[];
  readonly words: Words;
  /** Where an attachment is opened; without it they are only counted. */
  readonly attachment?: (id: string) => string;
}) => (
  <ul class="talk">
    {messages.map((message, place) => (
      <li key={place} class={message.author === 'subscriber' ? undefined : 'mine'}>
        {message.author === 'automatic'
          ? <p>{message.opensAt ? words.compose('threads.opens', { at: words.instant(message.opensAt) }) : words.say('threads.closed')}</p>
          : message.text === '' ? null : <p class="said">{message.text}</p>}
        {message.attachments.map(({ id, bytes }) => {
          const label = words.say('threads.attachment', { size: Math.max(1, Math.round(bytes / 1024)) });
          return <p key={id}>{attachment ? <a href={attachment(id)} target="_blank" rel="noopener">{label}</a> : label}</p>;
        })}
        <p class="quiet">{message.via ? words.say('threads.via', { network: message.via.network, handle: message.via.handle }) : words.say(`case.from.${message.author}`)} · {words.instant(message.at)}</p>
      </li>
    ))}
  </ul>
);
