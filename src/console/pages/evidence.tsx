import { Card, Tag } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import { paths, type Place } from '../place.ts';
import { Talk } from './talk.tsx';
import type { LifeKey, Words } from '../words.tsx';

type Props = { readonly view: ReviewCase; readonly place: Place };

/** Alike as people write it: width, case and blanks aside. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s·.]+/g, '');
const digits = (text: string): string => text.normalize('NFKC').replace(/[^\d+]/g, '').replace(/^00/, '+');

/** What was typed beside what is on file, so that a difference meets the eye. */
const Compared = ({ view: { form, registered, pack }, words: { say, phone } }: { readonly view: ReviewCase; readonly words: Words }) => {
  const rows = ([
    { field: 'name', what: say('case.name'), typed: form.name, known: registered.name, alike: plain },
    { field: 'email', what: say('case.email'), typed: form.email, known: registered.email, alike: plain },
    { field: 'phone', what: say('case.phone'), typed: form.phone, known: registered.contactPhone, alike: digits, show: phone },
  ] as const).filter(({ field }) => pack.form.some((one) => one.field === field)).map((row) => ({ show: (text: string) => text, ...row }));
  return (
    <table class="compared">
      <thead><tr><th scope="col"><span class="hidden">{say('case.field')}</span></th><th scope="col">{say('case.on-form')}</th><th scope="col">{say('case.on-file')}</th><td /></tr></thead>
      <tbody>
        {rows.map(({ what, typed, known, alike, show }) => {
          const [one, other] = [typed?.trim() ?? '', known?.trim() ?? ''];
          return (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td data-head={say('case.on-form')}>{one === '' ? <span class="quiet">{say('case.none')}</span> : show(one)}</td>
              <td data-head={say('case.on-file')}>{other === '' ? <span class="quiet">{say('case.none')}</span> : show(other)}</td>
              <td>{one === '' || other === '' ? null : alike(one) === alike(other) ? <Tag tone="done">{say('case.same')}</Tag> : <Tag tone="todo">{say('case.differs')}</Tag>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

/** Beside the identity document: what was asked for, what came with a message, and the application itself where it came on paper. */
const documentsFor = ({ documents }: ReviewCase, purpose: 'identity' | 'supplement') =>
  documents.filter((one) => (purpose === 'identity' ? one.purpose === 'identity' : one.purpose === 'supplement' || one.purpose === 'message' || one.purpose === 'paper'));

const Documents = ({ view, place: { words, base }, purpose }: Props & { readonly purpose: 'identity' | 'supplement' }) => {
  const { say, compose, instant } = words;
  const what = say(purpose === 'identity' ? 'case.document' : 'case.supplements');
  return (
    <div class="documents">
      {documentsFor(view, purpose).map((one) => {
        const href = paths(base).document(view.status.applicationNumber, one.id);
        const about = compose('case.document-about', { size: Math.max(1, Math.round(one.bytes / 1024)), at: instant(one.storedAt) });
        return (
          <figure key={one.id}>
            {one.contentType === 'image/jpeg'
              ? <a href={href} target="_blank" rel="noopener"><img src={href} alt={what} decoding="async" /></a>
              : <a class="pdf" href={href} target="_blank" rel="noopener"><b>PDF</b><span>{say('case.document-pdf')}</span></a>}
            <figcaption class="quiet"><span>{about}</span><a href={href} target="_blank" rel="noopener">{say(one.contentType === 'image/jpeg' ? 'case.document-open' : 'case.document-open-pdf')}</a></figcaption>
          </figure>
        );
      })}
    </div>
  );
};

/** Each as it was signed; its hash stands in the journal too. */
const Agreements = ({ view: { status }, place: { words, base } }: Props) => (
  <>
    <h3>{words.say('case.agreements')}</h3>
    <ul class="bare">
      {status.agreements.map(({ id, title, at, sha256, documentId }) => (
        <li key={id}><a href={paths(base).document(status.applicationNumber, documentId)} target="_blank" rel="noopener">{words.text(title)}</a> <span class="quiet">{words.instant(at)}</span><br /><code class="quiet">{words.say('case.agreement-sha256', { hash: sha256 })}</code></li>
      ))}
    </ul>
  </>
);

/** Who asks, with what to show for it. */
export const Applicant = ({ view, place }: Props) => {
  const { words } = place;
  const { say, life } = words;
  const reason = view.pack.reasons.find(({ id }) => id === view.reason);
  const has = (purpose: 'identity' | 'supplement') => documentsFor(view, purpose).length > 0;
  return (
    <Card title={say('case.applicant')}>
      <p class="quiet">{say('case.applicant.hint')}</p>
      <Compared view={view} words={words} />
      <dl class="known">
        <div><dt>{say('case.reason')}</dt><dd>{reason ? words.text(reason.label) : say('queue.no-reason')}</dd></div>
        <div><dt>{say('case.channel')}</dt><dd>{say(`channel.${view.channel}` as 'channel.web')}</dd></div>
        <div><dt>{say('case.document')}</dt><dd>{view.form.documentKind ? life(`document.${view.form.documentKind}` as LifeKey) : say('case.none')}</dd></div>
      </dl>
      {has('identity') ? <><Documents view={view} place={place} purpose="identity" /><p class="quiet">{say('case.document-care')}</p></> : <p>{say('case.document-none')}</p>}
      {has('supplement') ? <><h3>{say('case.supplements')}</h3><Documents view={view} place={place} purpose="supplement" /></> : null}
      {view.status.agreements.length > 0 ? <Agreements view={view} place={place} /> : null}
    </Card>
  );
};

export const Messages = ({ view: { status }, place: { words } }: Props) =>
  status.messages.length === 0 ? null : (
    <Card title={words.say('case.messages')}>
      <Talk messages={status.messages} words={words} />
    </Card>
  );
