import { Button, CheckBox, CheckGroup, ErrorSummary, Field, FileField, Form, Notice, Page, RadioGroup, Way, type Fault } from '../../design/index.ts';
import type { Draft, LineCard } from '../../desk/views.ts';
import { traits } from './typing.ts';
import { paths, type Place } from '../place.ts';
import type { LifeKey } from '../words.tsx';
import { faultOf } from './faults.ts';

type Props = { readonly place: Place; readonly callId: string; readonly draft: Draft; readonly lines: readonly LineCard[]; readonly most: string; readonly faults: readonly Fault[] };

/** What only some policies ask for. */
const More = ({ place: { words }, draft: { pack, form, line }, lines, faults }: Props) => {
  const { say, text } = words;
  const others = lines.filter((one) => one.lineId !== line.lineId && one.status === 'active');
  return (
    <>
      {pack.identity.confirmAccount ? <CheckGroup name="account" label={say('call.field.account')} fault={faultOf(faults, 'account')}><CheckBox name="account" id="account" value="confirmed" label={say('call.account-confirmed')} checked={form.account === 'confirmed'} /></CheckGroup> : null}
      {pack.identity.device ? (
        <>
          <Field name="deviceModel" label={say('call.field.deviceModel')} value={form.deviceModel} maxLength={120} fault={faultOf(faults, 'deviceModel')} />
          <Field name="imei" label={say('call.field.imei')} value={form.imei} inputMode="numeric" maxLength={40} fault={faultOf(faults, 'imei')} />
          <Field name="eid" label={say('call.field.eid')} value={form.eid} inputMode="numeric" maxLength={60} fault={faultOf(faults, 'eid')} />
        </>
      ) : null}
      {pack.outsideAccounts.length > 0 ? (
        <CheckGroup name="outside" label={say('call.field.outside')} fault={faultOf(faults, 'outside')}>
          {pack.outsideAccounts.map(({ id, label, says }, place) => <CheckBox key={id} name="outside" value={id} label={text(label)} hint={text(says)} checked={form.outside?.includes(id) ?? false} {...(place === 0 ? { id: 'outside' } : {})} />)}
        </CheckGroup>
      ) : null}
      {pack.settlement.choices.length > 0 && line.credit.minor > 0 ? (
        <>
          <RadioGroup name="creditChoice" label={`${say('call.field.creditChoice')} ${words.money(line.credit)}`} fault={faultOf(faults, 'creditChoice')} chosen={form.creditChoice}
            choices={pack.settlement.choices.map((choice) => ({ value: choice, label: say(`call.credit.${choice}`) }))} />
          {pack.settlement.choices.includes('transfer') && others.length > 0 ? (
            <RadioGroup name="transferTo" label={say('call.field.transferTo')} fault={faultOf(faults, 'transferTo')} chosen={form.transferTo} choices={others.map(({ msisdn }) => ({ value: msisdn, label: words.phone(msisdn) }))} />
          ) : null}
        </>
      ) : null}
      {pack.agreements.length > 0 ? <Notice tone="todo"><p>{say('call.agreements', { count: pack.agreements.length })}</p></Notice> : null}
    </>
  );
};

/** What the caller says, written down by the agent. Empty at first: what is on file is compared with it later, by the reviewer. */
export const CallFormPage = (props: Props) => {
  const { place, callId, draft, most, faults } = props;
  const { frame, words, base, token } = place;
  const { say, text, life } = words;
  const { form, pack } = draft;
  const to = paths(base);
  const { lineId } = draft.line;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('call.form') })} dense>
      <Way back={{ href: to.callLine(callId, lineId), label: say('call.line') }} />
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{say('call.form')}</h1>
      <Form action={to.callLine(callId, lineId, 'form')} token={token} files>
        <RadioGroup name="reason" label={say('call.field.reason')} hint={say('call.reason-hint')} chosen={form.reason} fault={faultOf(faults, 'reason')} choices={pack.reasons.map(({ id, label }) => ({ value: id, label: text(label) }))} />
        {pack.form.map(({ field, label }) => (
          <Field key={field} name={field} {...traits[field]} label={label ? text(label) : say(`call.field.${field}`)} value={form[field]} autocomplete="off" fault={faultOf(faults, field)}
            {...(field === 'name' ? {} : { hint: say(`call.${field}-hint`) })} />
        ))}
        {draft.endBounds ? <Field name="endsOn" type="date" label={say('call.field.endsOn')} hint={words.compose('call.ends-hint', { from: words.calendarDay(draft.endBounds.from), to: words.calendarDay(draft.endBounds.to), because: draft.endBounds.because })} value={form.endsOn} fault={faultOf(faults, 'endsOn')} /> : null}
        {pack.identity.documents.length > 0 ? (
          <>
            <RadioGroup name="documentKind" two label={say('call.field.documentKind')} fault={faultOf(faults, 'documentKind')} chosen={form.documentKind} choices={pack.identity.documents.map((kind) => ({ value: kind, label: life(`document.${kind}` as LifeKey) }))} />
            <FileField name="document" label={say('call.field.document')} hint={say('call.document-hint', { most, mail: pack.addresses.mail })} accept="image/jpeg,image/png,application/pdf" fault={faultOf(faults, 'document')}
              kept={draft.document ? say('call.document-kept', { size: Math.max(1, Math.round(draft.document.bytes / 1024)) }) : undefined} />
          </>
        ) : null}
        <More {...props} />
        <Button>{say('call.form-do')}</Button>
      </Form>
      {pack.channels.includes('post') ? <p><a class="link" href={to.callLine(callId, lineId, 'paper.pdf')} download>{say('call.paper')}</a></p> : null}
      <p class="quiet">{words.compose('call.kept', { day: words.day(draft.keptUntil) })}</p>
    </Page>
  );
};
