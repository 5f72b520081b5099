import { Button, Card, CheckBox, CheckGroup, ErrorSummary, Field, FileField, Form, Go, Notice, Page, RadioGroup, Way, type Fault } from '../../design/index.ts';
import type { PaperCase } from '../../desk/post.ts';
import { traits } from './typing.ts';
import { paths, type Place } from '../place.ts';
import type { LifeKey } from '../words.tsx';
import { faultOf } from './faults.ts';

/** A scan dropped in finds its case by the code on it; where that can't be read, by what is typed (UR3). */
export const ScanPage = ({ place, most, faults }: { readonly place: Place; readonly most: string; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say }, base, token } = place;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('paper.title') })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{say('paper.title')}</h1>
      <p>{say('paper.says')}</p>
      <Form action={paths(base).papers} token={token} files>
        <FileField name="scan" label={say('paper.scan')} hint={say('paper.scan-hint', { most })} accept="application/pdf,image/jpeg,image/png" fault={faultOf(faults, 'scan')} />
        <Field name="code" label={say('paper.code')} hint={say('paper.code-hint')} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={40} class="num" fault={faultOf(faults, 'code')} />
        <Button>{say('paper.file')}</Button>
      </Form>
    </Page>
  );
};

/** What the paper says, held against the draft; received once it is signed, and every consequence on it. */
export const PaperPage = ({ place, view, faults }: { readonly place: Place; readonly view: PaperCase; readonly faults: readonly Fault[] }) => {
  const { frame, words, base, token } = place;
  const { say, text, life } = words;
  const to = paths(base);
  const { draft } = view;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('paper.case', { code: view.code }) })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.papers, label: say('paper.title') }} />
      <h1>{words.compose('paper.case', { code: <span class="num nb">{view.code}</span> })}</h1>
      <Notice tone="done"><p>{say('paper.filed', { count: view.papers, ending: view.ending })}</p></Notice>
      {draft ? (
        <Card title={say('paper.check')}>
          <Form action={to.paper(view.code)} token={token}>
            <RadioGroup name="reason" label={say('call.field.reason')} chosen={draft.form.reason} fault={faultOf(faults, 'reason')} choices={draft.pack.reasons.map(({ id, label }) => ({ value: id, label: text(label) }))} />
            {draft.pack.form.map(({ field, label }) => (
              <Field key={field} name={field} {...traits[field]} label={label ? text(label) : say(`call.field.${field}`)} value={draft.form[field]} autocomplete="off" fault={faultOf(faults, field)}
                {...(field === 'name' ? {} : { hint: say(`call.${field}-hint`) })} />
            ))}
            {draft.pack.identity.documents.length > 0 ? (
              <RadioGroup name="documentKind" two label={say('call.field.documentKind')} fault={faultOf(faults, 'documentKind')} chosen={draft.form.documentKind} choices={draft.pack.identity.documents.map((kind) => ({ value: kind, label: life(`document.${kind}` as LifeKey) }))} />
            ) : null}
            <CheckGroup name="signed" label={say('paper.on-it')} fault={faultOf(faults, 'signed')}>
              <CheckBox name="signed" id="signed" value="signature" label={say('paper.signature')} />
              <CheckBox name="signed" value="consequences" label={say('paper.consequences', { count: draft.pack.consequences.length })} />
              {draft.pack.identity.documents.length > 0 ? <CheckBox name="signed" value="enclosed" label={say('paper.enclosed')} /> : null}
            </CheckGroup>
            <Button>{say('paper.receive')}</Button>
          </Form>
          <p class="quiet">{say('paper.not-complete')}</p>
        </Card>
      ) : view.state === 'draft' ? null : <p><Go look="plain" href={to.case(view.code)}>{say('call.progress')}</Go></p>}
    </Page>
  );
};
