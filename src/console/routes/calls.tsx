import { z } from 'zod';
import { seeOther, show, type Fault } from '../../design/index.ts';
import { attachIdentity, openDraft, saveDraft, seeDraft } from '../../desk/draft.ts';
import { acceptReadOut, callIsProven, codeWasSent, endCall, findCaller, readOutIn, seeCall, sendNames, submitFromCall, type CallerName, type CallView } from '../../desk/phone-call.ts';
import { seePaperForm } from '../../desk/post.ts';
import { payBill, seePreparation, unbindDevices } from '../../desk/prepare.ts';
import { preview } from '../../desk/preview.ts';
import { seeToSign, sendToSign } from '../../desk/signing-link.ts';
import type { DraftForm, FieldFault } from '../../desk/views.ts';
import { proveCaller, requestCallCode } from '../../identity/call-code.ts';
import { maySendAgain } from '../../identity/send-again.ts';
import { parseSignInName } from '../../identity/sign-in-name.ts';
import { formFactsFrom, formPdf } from '../../papers/form-pdf.ts';
import type { Pack } from '../../policy/pack.ts';
import type { ConsoleDeps } from '../deps.ts';
import { CallAgreementsPage } from '../pages/call-agreements.tsx';
import { CallPage, FindCallerPage } from '../pages/call.tsx';
import { CallCheckPage, CallConsequencesPage } from '../pages/call-consequences.tsx';
import { CallFormPage } from '../pages/call-form.tsx';
import { CallLinePage } from '../pages/call-line.tsx';
import { mayAssist } from '../rights.ts';
import { notFound, type Asked, type Own, type Routes } from '../routes.ts';
import type { LifeKey, Words } from '../words.tsx';

const text = (most = 400) => z.preprocess((value) => (Array.isArray(value) ? value[0] : value) ?? '', z.string().max(most));
const ticked = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(80)).max(50));
const said = z.object({ reason: text(80), name: text(), phone: text(), email: text() });
const kindOfDocument = z.object({ documentKind: text(80) });
const account = z.object({ account: text(20) });
const device = z.object({ deviceModel: text(), imei: text(), eid: text() });
const outside = z.object({ outside: ticked });
const ends = z.object({ endsOn: text(20) });
const credit = z.object({ creditChoice: text(80), transferTo: text(40) });

/** Only what the page asked for: what the subscriber filled in elsewhere is not the agent's to empty. */
const askedFor = ({ identity, outsideAccounts, settlement, end }: Pack, fields: unknown): Partial<DraftForm> => ({
  ...said.parse(fields),
  ...(identity.documents.length > 0 ? kindOfDocument.parse(fields) : {}),
  ...(identity.confirmAccount ? account.parse(fields) : {}),
  ...(identity.device ? device.parse(fields) : {}),
  ...(outsideAccounts.length > 0 ? outside.parse(fields) : {}),
  ...(settlement.choices.length > 0 ? credit.parse(fields) : {}),
  ...(end.chosen !== undefined ? ends.parse(fields) : {}),
});

/** As somebody says it on the phone: it may be a number, an address, or a name they chose. */
const namesOf = (typed: string, region: string): CallerName[] =>
  (['phone', 'e-mail', 'user-name'] as const).flatMap((kind) => {
    const parsed = parseSignInName(kind, typed, region);
    return parsed.ok ? [{ kind, normalised: parsed.value }] : [];
  });

export const faultsOf = (faults: readonly FieldFault[], { say }: Words): Fault[] =>
  faults.map(({ field, fault }) => ({ id: field, says: say('call.fault', { field: say(`call.field.${field}`), fault: say(`call.fault.${fault}`) }) }));

/** Every page below needs the agent's own open call; what is the subscriber's, a proven one. */
export const callRoutes = (routes: Routes, deps: ConsoleDeps): void => {
  const { desk: { db, vault, clock }, desk, tellCode, accept, largest } = deps;
  type Here = Asked & Own;
  const lineOf = ({ params }: Here): string => params['lineId'] ?? '';
  const most = `${Math.round(largest / 1024 / 1024)} MB`;

  const inCall = async (asked: Here, answer: (call: CallView) => Promise<unknown>): Promise<never> => {
    const call = await seeCall(desk, asked.who, asked.params['callId'] ?? '');
    return (call === undefined ? notFound(asked) : await answer(call)) as never;
  };
  /** Not proven, or not any more: back to the code. */
  const inProvenCall = (asked: Here, answer: (call: CallView & { caller: NonNullable<CallView['caller']> }) => Promise<unknown>): Promise<never> =>
    inCall(asked, async (call) => {
      const { caller } = call;
      if (caller === undefined) return seeOther(asked.reply, asked.visit.to.call(call.callId));
      // Only what the caller has; a line of somebody else's is not there.
      if (asked.params['lineId'] !== undefined && !caller.lines.some(({ lineId }) => lineId === lineOf(asked))) return notFound(asked);
      return answer({ ...call, caller });
    });

  routes.getFor('/calls', mayAssist, ({ visit, reply }) => show(reply, <FindCallerPage place={visit.place()} faults={[]} />));

  routes.post('/calls', mayAssist, async ({ visit, who, fields, reply }) => {
    const typed = text().parse(fields['name']);
    const names = namesOf(typed.trim(), visit.pack.calendar.region);
    const found = names.length === 0 ? undefined : await findCaller(desk, who, names, typed.trim());
    if (found?.ok) return seeOther(reply, visit.to.call(found.value.callId));
    const why = found === undefined ? 'not-a-name' : found.why.kind;
    return show(reply, <FindCallerPage place={visit.place()} typed={typed} faults={[{ id: 'name', says: visit.words.say(`call.find.${why}`) }]} />, why === 'own-account' ? 403 : 422, false);
  });

  routes.getFor('/calls/:callId', mayAssist, (asked) =>
    inCall(asked, async (call) => {
      const { done } = asked.query;
      return show(asked.reply, <CallPage place={asked.visit.place()} call={call} faults={[]} {...(typeof done === 'string' ? { done: call.caller?.lines.find((line) => line.case?.applicationNumber === done)?.case?.applicationNumber } : {})} />);
    }));

  routes.post('/calls/:callId/code', mayAssist, (asked) =>
    inCall(asked, async (call) => {
      const { visit, who, fields, reply } = asked;
      const channel = fields['channel'] === 'sms' ? 'sms' : 'e-mail';
      const issued = await requestCallCode(db, vault, clock, { brand: who.brand, subscriberId: call.subscriberId, channel, staffId: who.staffId }, tellCode);
      if (!issued.ok) return show(reply, <CallPage place={visit.place()} call={call} faults={[{ id: 'channel', says: visit.words.say('call.wait', { seconds: issued.why.seconds }) }]} />, 429);
      await codeWasSent(desk, who, call.callId, issued.value.codeId);
      return seeOther(reply, visit.to.call(call.callId));
    }));

  routes.post('/calls/:callId/prove', mayAssist, (asked) =>
    inCall(asked, async (call) => {
      const { visit, who, fields, reply } = asked;
      const { say } = visit.words;
      const again = (says: string, status = 422) => show(reply, <CallPage place={visit.place()} call={call} faults={[{ id: 'code', says }]} />, status, false);
      if (call.codeId === undefined) return again(say('call.code.over'));
      const proven = await proveCaller(db, vault, clock, { brand: who.brand, subscriberId: call.subscriberId, codeId: call.codeId, code: text(40).parse(fields['code']), staffId: who.staffId });
      if (!proven.ok) {
        switch (proven.why.kind) {
          case 'not-a-code': return again(say('call.code.not-a-code', { digits: proven.why.digits }));
          case 'wrong-code': return again(say('call.code.wrong', { left: proven.why.triesLeft }));
          case 'code-over': return again(say('call.code.over'));
          case 'wait': return again(say('call.wait', { seconds: proven.why.seconds }), 429);
        }
      }
      await callIsProven(desk, who, call.callId);
      return seeOther(reply, visit.to.call(call.callId));
    }));

  routes.post('/calls/:callId/names', mayAssist, (asked) =>
    inProvenCall(asked, async (call) => {
      const { visit, who, fields, reply } = asked;
      const again = (says: string, status: number) => show(reply, <CallPage place={visit.place()} call={call} faults={[{ id: 'names-to', says }]} />, status);
      const may = await maySendAgain(db, vault, clock, { brand: who.brand, what: `names ${call.subscriberId}` });
      if (!may.ok) return again(visit.words.say('call.names-wait', { minutes: Math.ceil(may.why.seconds / 60) }), 429);
      const sent = await sendNames(desk, who, call, fields['names-to'] === 'sms' ? 'sms' : 'mail');
      return sent.ok ? seeOther(reply, visit.to.call(call.callId)) : again(visit.words.say(sent.why.kind === 'no-name' ? 'call.names-none' : 'call.no-contact'), 422);
    }));

  routes.post('/calls/:callId/end', mayAssist, (asked) =>
    inCall(asked, async (call) => {
      await endCall(desk, asked.who, call.callId);
      return seeOther(asked.reply, asked.visit.to.calls);
    }));

  const line = '/calls/:callId/lines/:lineId';
  routes.getFor(line, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const view = await seePreparation(desk, caller.who, lineOf(asked));
      return view ? show(asked.reply, <CallLinePage place={asked.visit.place()} callId={callId} view={view} />) : notFound(asked);
    }));

  routes.post(`${line}/pay-bill`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const { visit, reply, fields } = asked;
      const paid = await payBill(desk, caller.who, text(80).parse(fields['bill']));
      if (paid.ok) return seeOther(reply, visit.to.callLine(callId, lineOf(asked)));
      if (paid.why.kind === 'not-found') return notFound(asked);
      const view = await seePreparation(desk, caller.who, lineOf(asked));
      return view ? show(reply, <CallLinePage place={visit.place()} callId={callId} view={view} cannot={visit.words.say(`call.pay.${paid.why.kind}`)} />, 409) : notFound(asked);
    }));

  routes.post(`${line}/unbind`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      await unbindDevices(desk, caller.who, lineOf(asked), 'all');
      return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked)));
    }));

  routes.post(`${line}/open`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const ahead = await seePreparation(desk, caller.who, lineOf(asked));
      const opened = ahead?.pack.channels.includes('phone') ? await openDraft(desk, caller.who, lineOf(asked)) : undefined;
      return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked), opened?.ok ? 'form' : ''));
    }));

  routes.getFor(`${line}/form`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const draft = await seeDraft(desk, caller.who, lineOf(asked));
      if (!draft) return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked)));
      return show(asked.reply, <CallFormPage place={asked.visit.place()} callId={callId} draft={draft} lines={caller.lines} most={most} faults={[]} />);
    }));

  routes.getFor(`${line}/paper.pdf`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller }) => {
      const { visit: { words }, reply } = asked;
      const found = await seePaperForm(desk, caller.who, lineOf(asked));
      if (found === undefined) return notFound(asked);
      const { code, draft: { pack, line: { msisdn }, form, keptUntil } } = found;
      const pdf = await formPdf(pack, formFactsFrom(form, (kind) => words.life(`document.${kind}` as LifeKey), { code, msisdn, keptUntil, at: clock.now() }), caller.language);
      return reply.type('application/pdf').header('content-disposition', `attachment; filename="${code}.pdf"`).header('cache-control', 'no-store').send(pdf);
    }));

  routes.upload(`${line}/form`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const { visit, reply, fields, files } = asked;
      const { say } = visit.words;
      const lineId = lineOf(asked);
      const before = await seeDraft(desk, caller.who, lineId);
      if (!before) return seeOther(reply, visit.to.callLine(callId, lineId));
      const faults: Fault[] = [];
      const saved = await saveDraft(desk, caller.who, lineId, askedFor(before.pack, fields));
      if (!saved.ok) faults.push(...faultsOf(saved.why, visit.words));
      const file = files['document'];
      if (file !== undefined) {
        const accepted = file.tooLarge ? undefined : await accept(file.contents);
        if (accepted?.ok) await attachIdentity(desk, caller.who, lineId, accepted.value);
        else faults.push({ id: 'document', says: say(accepted === undefined ? 'upload.too-large' : 'upload.not-taken', { most }) });
      }
      const draft = await seeDraft(desk, caller.who, lineId);
      if (!draft) return seeOther(reply, visit.to.callLine(callId, lineId));
      const open = faultsOf(draft.missing.filter((field) => field !== 'acknowledged' && field !== 'agreements' && !faults.some(({ id }) => id === field)).map((field) => ({ field, fault: 'missing' as const })), visit.words);
      const all = [...faults, ...open];
      return all.length > 0
        ? show(reply, <CallFormPage place={visit.place()} callId={callId} draft={draft} lines={caller.lines} most={most} faults={all} />, 422, false)
        : seeOther(reply, visit.to.callLine(callId, lineId, draft.missing.includes('agreements') ? 'agreements' : 'consequences'));
    }));

  routes.getFor(`${line}/agreements`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId, contacts }) => {
      const toSign = await seeToSign(desk, caller.who, lineOf(asked));
      if (!toSign) return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked), 'consequences'));
      return show(asked.reply, <CallAgreementsPage place={asked.visit.place()} callId={callId} lineId={lineOf(asked)} toSign={toSign} contacts={contacts} faults={[]} />);
    }));

  routes.post(`${line}/agreements`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId, contacts }) => {
      const { visit, fields, reply } = asked;
      const toSign = await seeToSign(desk, caller.who, lineOf(asked));
      if (!toSign) return seeOther(reply, visit.to.callLine(callId, lineOf(asked), 'consequences'));
      const again = (says: string, status: number) => show(reply, <CallAgreementsPage place={visit.place()} callId={callId} lineId={lineOf(asked)} toSign={toSign} contacts={contacts} faults={[{ id: 'channel', says }]} />, status);
      const may = await maySendAgain(db, vault, clock, { brand: caller.who.brand, what: toSign.caseId });
      if (!may.ok) return again(visit.words.say('call.sign-wait', { minutes: Math.ceil(may.why.seconds / 60) }), 429);
      const sent = await sendToSign(desk, caller.who, callId, lineOf(asked), fields['channel'] === 'sms' ? 'sms' : 'mail');
      return sent.ok ? seeOther(reply, visit.to.callLine(callId, lineOf(asked), 'agreements')) : again(visit.words.say('call.no-contact'), 422);
    }));

  routes.getFor(`${line}/consequences`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const draft = await seeDraft(desk, caller.who, lineOf(asked));
      if (!draft) return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked)));
      const read = await readOutIn(desk, asked.who, callId, lineOf(asked));
      return show(asked.reply, <CallConsequencesPage place={asked.visit.place()} callId={callId} draft={draft} read={read} language={caller.language} />);
    }));

  routes.post(`${line}/consequences`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const { visit, who, fields, reply } = asked;
      return (await acceptReadOut(desk, who, caller.who, callId, lineOf(asked), text(80).parse(fields['consequence'])))
        ? seeOther(reply, visit.to.callLine(callId, lineOf(asked), 'consequences'))
        : notFound(asked);
    }));

  routes.getFor(`${line}/check`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const [draft, ahead] = await Promise.all([seeDraft(desk, caller.who, lineOf(asked)), preview(desk, caller.who, lineOf(asked))]);
      if (!draft || !ahead) return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked)));
      if (draft.missing.includes('agreements')) return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked), 'agreements'));
      const read = await readOutIn(desk, asked.who, callId, lineOf(asked));
      if (draft.pack.consequences.some(({ id }) => !read.some(({ consequence }) => consequence === id))) return seeOther(asked.reply, asked.visit.to.callLine(callId, lineOf(asked), 'consequences'));
      return show(asked.reply, <CallCheckPage place={asked.visit.place()} callId={callId} draft={draft} preview={ahead} />);
    }));

  routes.post(`${line}/check`, mayAssist, (asked) =>
    inProvenCall(asked, async ({ caller, callId }) => {
      const { visit, who, reply } = asked;
      const sent = await submitFromCall(desk, who, caller.who, callId, lineOf(asked));
      if (sent.ok) return seeOther(reply, `${visit.to.call(callId)}?done=${encodeURIComponent(sent.value.applicationNumber)}`);
      switch (sent.why.kind) {
        case 'not-found': return notFound(asked);
        case 'incomplete': {
          const page = sent.why.missing.includes('agreements') ? 'agreements' : sent.why.missing.includes('acknowledged') ? 'consequences' : 'form';
          return seeOther(reply, visit.to.callLine(callId, lineOf(asked), page));
        }
        default: return seeOther(reply, visit.to.callLine(callId, lineOf(asked))); // something came up meanwhile: it says what
      }
    }));
};
