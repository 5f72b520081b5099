import { Actions, Button, ErrorSummary, Field, FileField, Form, Go, Page, RadioGroup, type Fault } from '../../design/index.ts';
import type { Draft } from '../../desk/views.ts';
import { formatPhone } from '../../language/index.ts';
import { barsAtOnce, documentIsProof } from '../../desk/asked-for.ts';
import { paths, type Place } from '../place.ts';
import { StageWay } from '../stage.tsx';
import { faultOf } from './faults.ts';
import { SafetyAdvice } from './safety-advice.tsx';

/** How each is typed on a phone. */
const traits = {
  name: { autocomplete: 'name', maxLength: 120, spellcheck: false },
  phone: { type: 'tel', autocomplete: 'tel', inputMode: 'tel', maxLength: 40 },
  email: { type: 'email', autocomplete: 'email', inputMode: 'email', maxLength: 254, spellcheck: false, autocapitalize: 'none' },
} as const;

/** Who asks, why, and a document to show it (UP4, UP5). What was sent and did not pass is in the draft. */
export const ApplicationPage = ({ place, draft, faults }: { readonly place: Place; readonly draft: Draft; readonly faults: readonly Fault[] }) => {
  const { frame, words, base, token } = place;
  const { pack } = draft;
  const { say, text, life } = words;
  const to = paths(base);
  const { lineId } = draft.line;
  const { form } = draft;
  const documents = documentIsProof(pack) ? [] : pack.identity.documents;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('application.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={draft} stage="application" />
      <h1>{say('application.title')}</h1>
      <SafetyAdvice place={place} />
      <Form action={to.application(lineId)} token={token} files={documents.length > 0}>
        <RadioGroup name="reason" fault={faultOf(faults, 'reason')} chosen={form.reason}
          label={<>{say('application.reason')}{pack.reasonRequired ? null : <span class="optional"> {say('application.optional')}</span>}</>}
          choices={pack.reasons.map((reason) => ({ value: reason.id, label: text(reason.label), ...(barsAtOnce(pack, reason.id) ? { hint: say('application.bars-at-once') } : {}) }))} />
        {pack.form.map(({ field, optional, label, hint }) => (
          <Field key={field} name={field} {...traits[field]} label={<>{label ? text(label) : say(`application.${field}`)}{optional ? <span class="optional"> {say('application.optional')}</span> : null}</>}
            hint={hint ? text(hint) : say(`application.${field}-hint`)} value={field === 'phone' && form.phone !== undefined ? formatPhone(form.phone) : form[field]} fault={faultOf(faults, field)} />
        ))}
        {documents.length > 0 ? (
          <>
            <RadioGroup name="documentKind" two label={say('application.document-kind')} {...(pack.identity.level === 'documented' ? { hint: say('application.document-why') } : {})} fault={faultOf(faults, 'documentKind')} chosen={form.documentKind}
              choices={documents.map((kind) => ({ value: kind, label: life(`document.${kind}`) }))} />
            <FileField name="document" label={say('application.document')} hint={say('application.document-hint', { most: place.uploadMost })} accept="image/jpeg,image/png,application/pdf" fault={faultOf(faults, 'document')}
              kept={draft.document ? say('application.document-kept', { size: Math.max(1, Math.round(draft.document.bytes / 1024)) }) : undefined} />
          </>
        ) : null}
        {draft.endBounds ? (
          <Field name="endsOn" type="date" value={form.endsOn} fault={faultOf(faults, 'endsOn')} label={<>{say('application.ends')}<span class="optional"> {say('application.optional')}</span></>}
            hint={words.compose('application.ends-hint', { from: words.calendarDay(draft.endBounds.from), to: words.calendarDay(draft.endBounds.to), because: draft.endBounds.because })} />
        ) : null}
        <Actions>
          <Button>{say('application.next')}</Button>
          <Go look="link" href={to.home}>{say('way.later')}</Go>
        </Actions>
      </Form>
      {pack.channels.includes('post') ? <p>{say('paper.says')} <Go look="link" href={to.paper(lineId)} download>{say('paper.print')}</Go></p> : null}
      <p class="quiet">{words.compose('application.kept', { day: words.day(draft.keptUntil) })}</p>
    </Page>
  );
};
