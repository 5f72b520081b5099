import { Actions, Button, Card, ErrorSummary, Facts, Form, Go, Notice, Page, SummaryList, type Answer, type Fault } from '../../design/index.ts';
import type { Draft, Preview } from '../../desk/views.ts';
import type { ProofView } from '../../desk/proof.ts';
import { barsAtOnce, documentIsProof } from '../../desk/asked-for.ts';
import { paths, type Place } from '../place.ts';
import { StageWay } from '../stage.tsx';
import type { LifeKey } from '../words.tsx';
import { MoneyCard } from './preview.tsx';
import { ChooseProof, ProofShown } from './proof.tsx';
import { EndsInFull } from './ends.tsx';

/** The last look before it is sent: every answer, each with the way to change it (UU11). */
export const CheckPage = ({ place, draft, preview, proof, faults }: { readonly place: Place; readonly draft: Draft; readonly preview: Preview; readonly proof: ProofView; readonly faults: readonly Fault[] }) => {
  const { frame, words, base } = place;
  const { pack } = draft;
  const { say, text, life } = words;
  const to = paths(base);
  const { line, form } = draft;
  const change = (field: string, id: string) => ({ href: `${to.application(line.lineId)}#${id}`, label: say('check.change'), field });
  const reason = pack.reasons.find((one) => one.id === form.reason);
  // Where there was something to choose; what the policy decides stands among the amounts alone.
  const fate = form.creditChoice ? preview.money.find(({ what }) => what === 'transfer' || what === 'refund') : undefined;
  const answers: Answer[] = [
    { what: say('check.line'), is: <Facts of={[words.phone(line.msisdn), life(`kind.${line.kind}`)]} /> },
    { what: say('application.reason'), is: reason ? text(reason.label) : say('check.none'), change: change(say('application.reason'), 'reason') },
    ...pack.form.map(({ field, label }) => {
      const what = label ? text(label) : say(`application.${field}`);
      const typed = form[field];
      return { what, is: !typed ? say('check.none') : field === 'phone' ? words.phone(typed) : typed, change: change(what, field) };
    }),
    ...(pack.identity.documents.length > 0 && (!documentIsProof(pack) || draft.document) ? [{
      what: say('application.document'),
      is: draft.document && form.documentKind ? <Facts of={[life(`document.${form.documentKind}` as LifeKey), say('check.document', { kind: draft.document.contentType.replace(/^.*\//, '').toUpperCase(), size: Math.max(1, Math.round(draft.document.bytes / 1024)) })]} /> : say('check.none'),
      ...(documentIsProof(pack) ? {} : { change: change(say('application.document'), 'document') }),
    }] : []),
    ...(preview.ends || draft.endBounds ? [{
      what: say('ends.title'), is: preview.ends ? <EndsInFull ends={preview.ends} words={words} /> : say('ends.soonest'),
      ...(draft.endBounds ? { change: change(say('ends.title'), 'endsOn') } : {}),
    }] : []),
    ...(pack.identity.device ? [{
      what: say('device.title'), is: <Facts of={[form.deviceModel ?? '', ...(form.imei ? [`IMEI ${form.imei}`] : []), ...(form.eid ? [`EID ${form.eid}`] : [])]} />,
      change: { href: to.stage(line.lineId, 'device'), label: say('check.change'), field: say('device.title') },
    }] : []),
    ...(pack.outsideAccounts.length > 0 ? [{
      what: say('outside.attested'), is: <Facts of={pack.outsideAccounts.filter(({ id }) => form.outside?.includes(id)).map(({ label }) => text(label))} />,
      change: { href: to.stage(line.lineId, 'outside-accounts'), label: say('check.change'), field: say('outside.attested') },
    }] : []),
    ...(fate ? [{
      what: say('credit.answer'),
      is: fate.what === 'transfer' ? words.compose('credit.transfer', { amount: words.money(fate.amount), number: words.phone(form.transferTo ?? '') }) : say('credit.refund', { amount: words.money(fate.amount) }),
      change: { href: to.stage(line.lineId, 'credit'), label: say('check.change'), field: say('credit.answer') },
    }] : []),
    ...(pack.agreements.length > 0 ? [{
      what: say('agreements.of-status'), is: <Facts of={pack.agreements.map(({ title }) => text(title))} />,
      change: { href: to.stage(line.lineId, 'agreements'), label: say('check.change'), field: say('agreements.of-status') },
    }] : []),
    {
      what: say('check.acknowledged'), is: say('check.acknowledged-count', { count: form.acknowledged?.length ?? 0, of: pack.consequences.length }),
      change: { href: to.consequences(line.lineId), label: say('check.change'), field: say('check.acknowledged') },
    },
  ];
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('check.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={draft} stage="check" />
      <h1>{say('check.title')}</h1>
      <Card><SummaryList answers={answers} /></Card>
      <MoneyCard money={preview.money} free={preview.free} words={words} />
      <Notice tone="todo">
        <p>{words.compose('check.last', { day: words.day(preview.effective.earliest), b: (enclosed: unknown[]) => <b>{enclosed as never}</b> })}</p>
      </Notice>
      {barsAtOnce(pack, form.reason) ? <Notice tone="stop"><p>{say('check.bars-at-once')}</p></Notice> : null}
      {pack.confirmation === null ? null : <Notice icon="info"><p>{say('check.confirmation', { hours: pack.confirmation.hours })}{pack.confirmation.again ? ` ${say('check.confirmation-again', { after: pack.confirmation.again.afterDays, within: pack.confirmation.again.withinDays })}` : ''}</p></Notice>}
      {proof.wanted && proof.proven === undefined ? <ChooseProof place={place} lineId={line.lineId} view={proof} faults={faults} /> : <Send {...{ place, draft, proof }} />}
    </Page>
  );
};

const Send = ({ place, draft, proof }: { readonly place: Place; readonly draft: Draft; readonly proof: ProofView }) => {
  const { words: { say }, base, token } = place;
  const to = paths(base);
  return (
    <>
      <ProofShown place={place} view={proof} />
      <Form action={to.check(draft.line.lineId)} token={token}>
        <input type="hidden" name="case" value={draft.caseId} />
        <Actions>
          <Button look="final">{say('check.send')}</Button>
          <Go look="link" href={to.home}>{say('way.later')}</Go>
        </Actions>
      </Form>
    </>
  );
};
