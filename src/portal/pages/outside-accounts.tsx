import { Actions, Button, CheckBox, CheckGroup, ErrorSummary, Form, Go, Page, type Fault } from '../../design/index.ts';
import type { Draft } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { StageWay } from '../stage.tsx';
import { faultOf } from './faults.ts';

/** Accounts elsewhere that may know this number: each seen to and ticked for itself, with how it is done (UU9, UR9). */
export const OutsideAccountsPage = ({ place, draft, faults }: { readonly place: Place; readonly draft: Draft; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say, text }, base, token } = place;
  const { pack, line, form } = draft;
  const to = paths(base);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('outside.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={draft} stage="outside-accounts" />
      <h1>{say('outside.title')}</h1>
      <p>{say('outside.says')}</p>
      <Form action={to.stage(line.lineId, 'outside-accounts')} token={token}>
        <CheckGroup name="outside" label={say('outside.each')} hint={say('outside.hint')} fault={faultOf(faults, 'outside')}>
          {pack.outsideAccounts.map(({ id, label, says }, at) => (
            <CheckBox key={id} name="outside" value={id} label={say('outside.box', { account: text(label) })} hint={text(says)} checked={form.outside?.includes(id) ?? false} {...(at === 0 ? { id: 'outside' } : {})} />
          ))}
        </CheckGroup>
        <Actions>
          <Button>{say('outside.next')}</Button>
          <Go look="link" href={to.home}>{say('way.later')}</Go>
        </Actions>
      </Form>
    </Page>
  );
};
