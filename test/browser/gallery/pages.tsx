/** Every page of the portal from the views beside it: to look at, and for axe. */
import { keptByLaw, lawsIn, rightsIn } from '../../../src/policy/laws.ts';
import { jurisdictions } from '../../../policies/index.ts';
import { render } from '../../../src/design/index.ts';
import type { Fault } from '../../../src/design/index.ts';
import { openEntries } from '../../../src/policy/laws.ts';
import type { Language, Pack } from '../../../src/policy/pack.ts';
import { frameOf } from '../../../src/portal/frame.tsx';
import type { Place } from '../../../src/portal/place.ts';
import { AccountPage } from '../../../src/portal/pages/account.tsx';
import { AccountToConfirmPage } from '../../../src/portal/pages/account-to-confirm.tsx';
import { AfterwardsPage } from '../../../src/portal/pages/afterwards.tsx';
import { AgreementsPage, SignPage } from '../../../src/portal/pages/agreements.tsx';
import { ApplicationPage } from '../../../src/portal/pages/application.tsx';
import { CheckPage } from '../../../src/portal/pages/check.tsx';
import { ConfirmPage } from '../../../src/portal/pages/confirm.tsx';
import { ConsequencesPage } from '../../../src/portal/pages/consequences.tsx';
import { CreditPage } from '../../../src/portal/pages/credit.tsx';
import { DevicePage } from '../../../src/portal/pages/device.tsx';
import { FaultPage } from '../../../src/portal/pages/fault.tsx';
import { FoundPage } from '../../../src/portal/pages/find.tsx';
import { HelpPage, QuestionsPage, SafetyPage } from '../../../src/portal/pages/help.tsx';
import { HomePage } from '../../../src/portal/pages/home.tsx';
import { LinePage } from '../../../src/portal/pages/line.tsx';
import { LookUpCodePage, LookUpPage } from '../../../src/portal/pages/look-up.tsx';
import { OutsideAccountsPage } from '../../../src/portal/pages/outside-accounts.tsx';
import { PreparationPage } from '../../../src/portal/pages/preparation.tsx';
import { ProofCodePage, ProofDocumentPage, ProofQuestionPage } from '../../../src/portal/pages/proof.tsx';
import { ReceiptPage } from '../../../src/portal/pages/receipt.tsx';
import { ResetCodePage, ResetPage } from '../../../src/portal/pages/reset.tsx';
import { SecurityQuestionPage, SetQuestionPage } from '../../../src/portal/pages/security-question.tsx';
import { SignInPage } from '../../../src/portal/pages/sign-in.tsx';
import { StatusPage } from '../../../src/portal/pages/status.tsx';
import { DeleteEsimPage } from '../../../src/portal/pages/delete-esim.tsx';
import { LetterPage } from '../../../src/portal/pages/letter.tsx';
import { MessagesPage } from '../../../src/portal/pages/messages.tsx';
import { letterOf } from '../../../src/papers/letter.ts';
import { SigningPage } from '../../../src/portal/pages/signing.tsx';
import { StatementPage, StatementReceiptPage, StatementsPage } from '../../../src/portal/pages/statement.tsx';
import { SupplementPage } from '../../../src/portal/pages/supplement.tsx';
import { VerifyPage } from '../../../src/portal/pages/verify.tsx';
import { WithdrawPage } from '../../../src/portal/pages/withdraw.tsx';
import { wordsOf } from '../../../src/portal/words.tsx';
import * as view from './views.ts';

const placeOf = (pack: Pack, language: Language, signedIn: boolean): Place => {
  const words = wordsOf(language, pack, view.now);
  const base = `/${pack.brand}`;
  const entries = openEntries(jurisdictions, ['DE'], view.now);
  return { words, pack, base, entries, token: 'token', uploadMost: '10 MB', frame: frameOf({ pack, words, base, entries, address: `${base}/`, token: 'token', signedIn }) };
};

const ends = { ends: { lastDay: '2026-12-10', why: 'chosen' as const } };

/** Name and HTML of each. */
export const galleryPages = (pack: Pack, language: Language): Map<string, string> => {
  const out = placeOf(pack, language, false);
  const place = placeOf(pack, language, true);
  const { say } = place.words;
  const wrong: Fault[] = [
    { id: 'reason', says: say('field.reason.missing') }, { id: 'name', says: say('field.name.missing') },
    { id: 'email', says: say('field.email.not-valid') }, { id: 'document', says: say('field.document.missing') },
  ];
  const all = pack.consequences.map(({ id }) => id);
  const material = pack.materials[0];
  const refusal = pack.refusals[0];
  if (!material || !refusal) throw new Error('a pack has materials and refusals');
  const [cancelling, withdrawing] = (['cancel', 'withdraw'] as const).map((act) => out.entries.find((entry) => entry.act === act));
  if (!cancelling || !withdrawing) throw new Error('no law demands an entry for anybody');
  const stated = { kind: 'ordinary', reason: '', name: '林小雨', contract: '+1 202 555 0142', when: 'soonest', ends: '', email: 'lin' };
  const pages = {
    statements: <StatementsPage place={out} />,
    'statement-cancel': <StatementPage place={out} entry={cancelling} typed={{ ...stated, name: '', contract: '', email: '' }} faults={[]} once="once" />,
    'statement-wrong': <StatementPage place={out} entry={cancelling} typed={{ ...stated, kind: 'extraordinary', when: 'day' }} faults={[{ id: 'reason', says: say('statement.reason.missing') }, { id: 'ends', says: say('statement.ends.missing') }, { id: 'email', says: say('statement.email.not-valid') }]} once="once" />,
    'statement-withdraw': <StatementPage place={out} entry={withdrawing} typed={stated} faults={[]} once="once" />,
    'statement-receipt': <StatementReceiptPage place={out} receipt={{ kind: 'cancellation', reference: '7F3K-9Q2M-4TWX-C', receivedAt: view.now, contents: { kind: 'extraordinary', reason: '三个月没有信号', name: '林小雨', contract: '+1 202 555 0142', ends: '2026-12-31', email: 'lin@mail.example' } }} />,
    'sign-in': <SignInPage place={out} faults={[]} />,
    'sign-in-wrong': <SignInPage place={out} name="+1 202 555 0142" faults={[{ id: 'name', says: say('sign-in.wrong') }]} />,
    reset: <ResetPage place={out} faults={[]} />,
    'reset-code': <ResetCodePage place={out} faults={[]} minutes={10} leastLength={15} />,
    home: <HomePage place={place} view={view.lines} />,
    line: <LinePage place={place} line={view.fresh} chat />,
    messages: <MessagesPage place={place} faults={[]} thread={{
      line: view.fresh, pack, mayApply: true, support: { kind: 'closed', opensAt: new Date('2026-11-25T01:00:00Z') },
      messages: [
        { author: 'subscriber', channel: 'chat', at: new Date('2026-11-24T11:00:00Z'), text: '退款要多久？', attachments: [{ id: 'd1', contentType: 'image/jpeg', bytes: 48_000 }] },
        { author: 'automatic', channel: 'chat', at: new Date('2026-11-24T11:00:00Z'), text: '', opensAt: new Date('2026-11-25T01:00:00Z'), attachments: [] },
      ],
    }} />,
    letter: <LetterPage place={place} letter={letterOf(pack, { kind: 'cancel', at: view.now }, language)} pdf="letter.pdf" back="/" lines={[view.fresh]} />,
    'security-question': <SecurityQuestionPage place={place} set={{ question: 'first-pet', at: view.now }} contacts={view.proof.contacts} faults={[]} />,
    'security-question-set': <SetQuestionPage place={place} minutes={10} least={2} chosen="first-pet" faults={[{ id: 'answer', says: say('security-question.short', { least: 2 }) }]} />,
    'my-account': <AccountPage place={place} view={view.everythingOf(pack)} requests={[]} />,
    afterwards: <AfterwardsPage place={place} view={{ applicationNumber: '7H2K-9QMX-4T3V', endedAt: new Date('2026-12-02T02:00:00Z'), recordsDeletedAt: new Date('2026-12-02T02:00:00Z'), account: { closed: true, at: new Date('2026-12-02T02:00:00Z') },
      kept: keptByLaw(lawsIn(jurisdictions, 'CN', new Date('2026-11-24T02:00:00Z')), new Date('2026-12-02T02:00:00Z')), erasedFrom: new Date('2028-12-03T12:00:00Z'), advice: pack.afterwards, questions: pack.questions, requests: [] }} />,
    'my-account-data': <AccountPage place={place} view={view.everythingOf(pack)} requests={[{ id: 'r1', kind: 'copy', askedAt: new Date('2026-11-20T02:00:00Z'), dueAt: new Date('2027-02-20T23:00:00Z'), law: 'eu@2026-06-19', extended: { at: new Date('2026-11-22T02:00:00Z'), because: 'complex' } }, { id: 'r2', kind: 'erase', askedAt: new Date('2026-09-20T02:00:00Z'), answeredAt: new Date('2026-10-02T02:00:00Z') }]} />,
    'preparation-switching': <PreparationPage place={place} view={{ ...view.preparation(pack.preparation, true), rights: rightsIn(jurisdictions.filter(({ id }) => id === 'uk' || id === 'us-ca')) }} />,
    find: <FoundPage place={place} lines={view.lines.lines.slice(0, 2)} />,
    'help-not-found': <HelpPage place={place} support={{ kind: 'open' }} asked="漫游" />,
    agreements: <AgreementsPage place={place} draft={view.withAgreements} agreements={view.agreements(false)} proof={view.proof} next="consequences" faults={[{ id: 'agreements', says: say('field.agreements.missing') }]} />,
    'agreements-signed': <AgreementsPage place={place} draft={view.withAgreements} agreements={view.agreements(true)} proof={{ ...view.proof, shown: new Set(['contact-code']) }} next="consequences" faults={[]} />,
    sign: <SignPage place={place} lineId={view.fresh.lineId} agreements={view.agreements(false)} proven={false} signature="张" minutes={10} faults={[{ id: 'signature', says: say('sign.name-differs') }]} />,
    'outside-accounts': <OutsideAccountsPage place={place} draft={view.withOutside(['bank'])} faults={[{ id: 'outside', says: say('field.outside.missing') }]} />,
    'safety-look-alike': <SafetyPage place={place} asked="http://ultra-purple.example.account-check.test/login" judged={{ kind: 'look-alike', of: 'site', trick: 'extra-domain', official: pack.addresses.site }} />,
    'safety-official': <SafetyPage place={place} asked={pack.addresses.mail} judged={{ kind: 'official', as: 'mail' }} />,
    preparation: <PreparationPage place={place} view={view.preparation(pack.preparation, false)} />,
    'preparation-ready': <PreparationPage place={place} view={view.preparation(pack.preparation, true)} told={{ says: say('preparation.paid'), good: true }} />,
    application: <ApplicationPage place={place} draft={view.draft([])} faults={[]} />,
    'application-wrong': <ApplicationPage place={place} draft={view.emptyDraft} faults={wrong} />,
    'application-ends': <ApplicationPage place={place} draft={{ ...view.draft([]), form: { ...view.draft([]).form, endsOn: '2026-11-26' }, endBounds: { from: '2026-12-03', to: '2027-01-23', because: 'review' } }} faults={[{ id: 'endsOn', says: say('field.endsOn.too-early') }]} />,
    'application-declared': <ApplicationPage place={place} draft={{ ...view.draft([]), form: { ...view.draft([]).form, endsOn: '2026-11-20' }, endBounds: { from: '2026-11-24', to: '2028-11-23', because: 'declared' } }} faults={[]} />,
    'receipt-declared': <ReceiptPage place={place} view={{ ...view.reviewing, ends: { lastDay: '2026-11-24', why: 'chosen', instead: { of: '2026-11-20', because: 'over' }, beforeReview: true } }} />,
    'check-declared': <CheckPage place={place} draft={{ ...view.draft(all), endBounds: { from: '2026-11-24', to: '2028-11-23', because: 'month' } }} preview={{ ...view.preview, ends: { lastDay: '2026-11-30', why: 'end-of-term', instead: { of: '2026-11-26', because: 'month' } } }} proof={view.proof} faults={[]} />,
    'check-ends': <CheckPage place={place} draft={{ ...view.draft(all), endBounds: { from: '2026-12-03', to: '2027-01-23', because: 'review' } }} preview={{ ...view.preview, ends: ends.ends, money: [{ what: 'running-month', amount: { minor: 3967, currency: 'USD' }, to: '2026-12-10' }, { what: 'collect', amount: { minor: 3967, currency: 'USD' } }] }} proof={view.proof} faults={[]} />,
    'consequences-ends': <ConsequencesPage place={place} draft={view.draft([])} preview={{ ...view.preview, ends: { lastDay: '2026-11-30', why: 'end-of-term' } }} ticked={[]} faults={[]} />,
    'receipt-ends': <ReceiptPage place={place} view={{ ...view.reviewing, ...ends }} />,
    'status-ends': <StatusPage place={place} view={{ ...view.reviewing, ...ends }} />,
    'confirm-ends': <ConfirmPage place={out} link={{ ...view.link, endsOn: '2026-12-10' }} address="/confirm/x" />,
    consequences: <ConsequencesPage place={place} draft={view.draft([])} preview={view.preview} ticked={all.slice(0, 2)} faults={[]} />,
    check: <CheckPage place={place} draft={view.draft(all)} preview={view.preview} proof={view.proof} faults={[]} />,
    'check-prove': <CheckPage place={place} draft={view.draft(all)} preview={view.preview} proof={{ ...view.proof, wanted: true }} faults={[{ id: 'way', says: say('proof.over') }]} />,
    'proof-code': <ProofCodePage place={place} lineId={view.fresh.lineId} way="0" faults={[]} minutes={10} />,
    'proof-document': <ProofDocumentPage place={place} lineId={view.fresh.lineId} way="1" faults={[{ id: 'document', says: say('field.document.missing') }]} documents={pack.identity.documents} />,
    'proof-question': <ProofQuestionPage place={place} lineId={view.fresh.lineId} way="0" faults={[]} question="first-pet" />,
    account: <AccountToConfirmPage place={place} view={view.account(pack)} faults={[{ id: 'account', says: say('field.account.missing') }]} />,
    device: <DevicePage place={place} draft={view.draft([])} faults={[{ id: 'imei', says: say('field.imei.differs') }]} />,
    credit: <CreditPage place={place} view={view.credit} faults={[]} />,
    'credit-wrong': <CreditPage place={place} view={view.credit} faults={[{ id: 'creditChoice', says: say('field.creditChoice.missing') }]} />,
    'credit-none': <CreditPage place={place} view={{ ...view.credit, left: { minor: 0, currency: 'USD' }, offers: [] }} faults={[]} />,
    confirm: <ConfirmPage place={out} link={view.link} address="/confirm/x" />,
    'confirm-late': <ConfirmPage place={out} link={{ ...view.link, stands: 'late', state: 'lapsed' }} address="/confirm/x" />,
    receipt: <ReceiptPage place={place} view={view.reviewing} />,
    'consequences-no-date': <ConsequencesPage place={place} draft={view.draft([])} preview={view.previewWithoutDate} ticked={[]} faults={[]} />,
    'receipt-no-date': <ReceiptPage place={place} view={view.reviewingWithoutDate} />,
    'status-no-date': <StatusPage place={place} view={view.reviewingWithoutDate} />,
    'status-reviewing': <StatusPage place={place} view={view.reviewing} />,
    'status-waiting': <StatusPage place={place} view={view.waiting(material.says)} />,
    'status-recoverable': <StatusPage place={place} view={view.recoverable} />,
    'status-stalled': <StatusPage place={place} view={view.executing} />,
    'status-cancelled': <StatusPage place={place} view={view.cancelled} />,
    'status-after-end': <StatusPage place={place} view={{ ...view.cancelled, afterEnd: [{ what: 'still-billed', foundAt: new Date('2026-12-14T21:00:00Z'), mendedAt: new Date('2026-12-15T21:00:00Z') }, { what: 'bill-after-end', foundAt: new Date('2026-12-16T21:00:00Z') }] }} />,
    'status-esim-said': <StatusPage place={place} view={{ ...view.cancelled, esim: view.esim.said }} told={{ says: say('esim.said-thanks'), good: true }} />,
    'status-esim-deleted': <StatusPage place={place} view={{ ...view.cancelled, esim: view.esim.deleted }} />,
    'status-esim-never': <StatusPage place={place} view={{ ...view.cancelled, esim: view.esim.never }} />,
    'status-esim-executing': <StatusPage place={place} view={{ ...view.executing, esim: view.esim.open }} />,
    'status-refund-planned': <StatusPage place={place} view={{ ...view.reviewing, refund: view.refund.planned }} />,
    'status-refund-sent': <StatusPage place={place} view={{ ...view.cancelled, refund: view.refund.sent }} />,
    'status-refund-arrived': <StatusPage place={place} view={{ ...view.cancelled, refund: view.refund.arrived }} />,
    'status-refund-failed': <StatusPage place={place} view={{ ...view.cancelled, refund: view.refund.failed }} />,
    'status-to-confirm': <StatusPage place={place} view={view.toConfirm} told={{ says: say('status.confirm-sent'), good: true }} />,
    signing: <SigningPage place={out} signing={view.signing('open')} address="/sign/x" faults={[]} />,
    'signing-wait': <SigningPage place={out} signing={view.signing('open')} address="/sign/x" faults={[{ id: 'agreements', says: say('code.wait', { minutes: 4 }) }]} />,
    'signing-name': <SignPage place={out} lineId="" at={{ read: '/sign/x', sign: '/sign/x/name' }} agreements={view.toSign} proven={false} minutes={10} faults={[]} />,
    'signing-signed': <SigningPage place={out} signing={view.signing('signed')} address="/sign/x" faults={[]} />,
    'signing-late': <SigningPage place={out} signing={view.signing('late')} address="/sign/x" faults={[]} />,
    'delete-esim': <DeleteEsimPage place={place} />,
    'status-refused': <StatusPage place={place} view={view.refused(refusal)} />,
    'status-withdrawn': <StatusPage place={place} view={view.withdrawn} told={{ says: say('status.withdrawn'), good: true }} />,
    supplement: <SupplementPage place={place} view={view.waiting(material.says)} faults={[]} />,
    withdraw: <WithdrawPage place={place} view={view.recoverable} />,
    'look-up': <LookUpPage place={out} faults={[]} />,
    'look-up-code': <LookUpCodePage place={out} faults={[]} minutes={10} />,
    verify: <VerifyPage place={out} faults={[]} />,
    help: <HelpPage place={place} support={{ kind: 'open' }} />,
    questions: <QuestionsPage place={place} />,
    safety: <SafetyPage place={place} />,
    'not-found': <FaultPage place={place} kind="not-found" />,
    broken: <FaultPage place={place} kind="broken" reference="F-4K9Q" />,
  };
  return new Map(Object.entries(pages).map(([name, page]) => [name, render(page)]));
};
