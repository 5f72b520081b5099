import { Card, Field, Go, Page, SummaryList, Way } from '../../design/index.ts';
import type { LineCard } from '../../desk/views.ts';
import { letterText, mailtoOf, type Letter } from '../../papers/letter.ts';
import { paths, type Place } from '../place.ts';

/** The letter to print, the same as a mail to copy or to open, and where it goes: official addresses alone (UU12). */
export const LetterPage = ({ place, letter, pdf, back, lines }: {
  readonly place: Place; readonly letter: Letter; readonly pdf: string; readonly back: string;
  /** Of who is signed in: a letter that knows the line is better than one with blanks. */
  readonly lines?: readonly LineCard[];
}) => {
  const { frame, words, pack, base } = place;
  const { say } = words;
  const { mail, site, post } = pack.addresses;
  return (
    <Page frame={frame} title={say('letter.title')}>
      <Way back={{ href: back, label: say('way.back') }} />
      <h1>{say('letter.title')}</h1>
      <p>{say('letter.says')}</p>
      {lines && lines.length > 0 ? (
        <Card title={say('letter.which')}>
          <ul class="bare">{lines.map((line) => <li key={line.lineId}><a class="link" href={paths(base).letter(line.lineId)}>{words.phone(line.msisdn)}</a></li>)}</ul>
        </Card>
      ) : null}
      <Card title={letter.subject}>
        <Field name="letter" many label={say('letter.copy')} hint={say('letter.copy-hint')} value={letterText(letter)} />
        <div class="acts"><Go href={pdf} download>{say('letter.pdf')}</Go><Go look="plain" href={mailtoOf(mail, letter)}>{say('letter.mailto')}</Go></div>
      </Card>
      <Card title={say('letter.where')}>
        <SummaryList answers={[
          { what: say('help.mail'), is: <b>{mail}</b> },
          ...(post === undefined ? [] : [{ what: say('letter.post'), is: <>{post.map((line, at) => <span key={at}>{line}<br /></span>)}</> }]),
          { what: say('help.site'), is: <b>{site}</b> },
        ]} />
      </Card>
    </Page>
  );
};
