import { Facts } from '../../design/index.ts';
import type { Message } from '../../desk/conversation.ts';
import type { Words } from '../words.tsx';

/** What was said, the oldest first; one's own set apart. An automatic answer says when people answer next. */
export const Talk = ({ messages, words, attachment }: {
  readonly messages: readonly Pick<Message, 'author' | 'text' | 'at' | 'opensAt' | 'via' | 'attachments'>[];
  readonly words: Words;
  /** Where an attachment is opened; without it they are only counted. */
  readonly attachment?: (id: string) => string;
}) => (
  <ul class="talk">
    {messages.map((message, place) => (
      <li key={place} class={message.author === 'subscriber' ? 'mine' : undefined}>
        {message.author === 'automatic'
          ? <p>{message.opensAt ? words.compose('messages.opens', { at: words.instant(message.opensAt) }) : words.say('messages.closed')}</p>
          : message.text === '' ? null : <p class="said">{message.text}</p>}
        {message.attachments.map(({ id, bytes }) => {
          const label = words.say('messages.attachment', { size: Math.max(1, Math.round(bytes / 1024)) });
          return <p key={id}>{attachment ? <a href={attachment(id)} target="_blank" rel="noopener">{label}</a> : label}</p>;
        })}
        <p class="quiet"><Facts of={[message.via ? words.say('messages.via', { handle: message.via.handle }) : words.say(`status.from.${message.author}`), words.instant(message.at)]} /></p>
      </li>
    ))}
  </ul>
);
