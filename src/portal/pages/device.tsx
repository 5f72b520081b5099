import { Actions, Button, ErrorSummary, Field, Form, Go, Page, type Fault } from '../../design/index.ts';
import type { Draft } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { StageWay } from '../stage.tsx';
import { faultOf } from './faults.ts';
import { SafetyAdvice } from './safety-advice.tsx';

const makes = ['iphone', 'samsung', 'pixel', 'huawei'] as const;

/** Which device it is, by the numbers that it shows itself; compared with the operator's records (ES3). */
export const DevicePage = ({ place, draft, faults }: { readonly place: Place; readonly draft: Draft; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say }, base, token } = place;
  const to = paths(base);
  const { form, line } = draft;
  const number = { inputMode: 'numeric', autocomplete: 'off', spellcheck: false } as const;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('device.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={draft} stage="device" />
      <h1>{say('device.title')}</h1>
      <p>{say('device.says')}</p>
      <SafetyAdvice place={place} />
      <Form action={to.stage(line.lineId, 'device')} token={token}>
        <Field name="deviceModel" label={say('device.model')} hint={say('device.model-hint')} value={form.deviceModel} autocomplete="off" maxLength={120} spellcheck={false} fault={faultOf(faults, 'deviceModel')} />
        <Field name="imei" {...number} label="IMEI" hint={say('device.imei-hint')} value={form.imei} maxLength={30} fault={faultOf(faults, 'imei')} />
        <Field name="eid" {...number} label={<>EID<span class="optional"> {say('device.eid-optional')}</span></>} hint={say('device.eid-hint')} value={form.eid} maxLength={60} fault={faultOf(faults, 'eid')} />
        <details class="card">
          <summary>{say('device.where')}</summary>
          <p>{say('device.where-dial')}</p>
          <ul>{makes.map((make) => <li key={make}>{say(`device.where.${make}`)}</li>)}</ul>
          <p>{say('device.where-lost')} <a href={to.help}>{say('foot.help')}</a></p>
        </details>
        <Actions><Button>{say('application.next')}</Button><Go look="link" href={to.home}>{say('way.later')}</Go></Actions>
      </Form>
    </Page>
  );
};
