/** Every route of portal and console, by who may go there. A route without a row fails `authorisation.test.ts`. */

/**
 * What a path may name. `number`: a case that waits for its subscriber; `ended`: one that is over, as its confirmation by `link`;
 * `line`: has a draft open, printed with the code `paper`, a bill, a device, and a thread with an `attachment`; `agreement`: signed
 * in that draft and in `ended`; `call`: open and proven, of one agent; `statement`: made without sign-in, matched with nothing;
 * `dataRequest`: of the same subscriber; `finding`: of `ended`, mended by people alone; `bulk`: an order of many lines, whose file is still coming.
 */
export type Things = Readonly<Record<'line' | 'bill' | 'device' | 'number' | 'ended' | 'document' | 'attachment' | 'paper' | 'agreement' | 'link' | 'call' | 'statement' | 'finding' | 'aside' | 'bulk' | 'dataRequest', string>>;
type Right = { readonly status: number; readonly leadsTo?: RegExp };
export type Row = {
  /**
   * `open`: to everyone. `link`: to whoever holds the mailed link, at its brand. `own`: to the subscriber alone. `read`: also to who proved with a code that the case is theirs.
   * `staff`: to all who work for the brand. `decide`: to reviewers. `mend`: to reviewers and agents. `whole`: to reviewers and auditors. `assist`: to agents. `call`: to the agent whose call it is.
   */
  readonly to: 'open' | 'link' | 'own' | 'read' | 'staff' | 'decide' | 'mend' | 'whole' | 'assist' | 'call';
  /** Below the brand's address; with two slashes before it, below none. */
  readonly path: (of: Things) => string;
  readonly fields?: (of: Things) => Record<string, string>;
  /** What the right one gets. */
  readonly right?: Right;
};
const at = (path: string) => () => path;
const seeOther = (leadsTo: RegExp): Right => ({ status: 303, leadsTo });
const seen = { seen: '0' };

/** In the order in which the right one goes through them at the end. */
export const rows: Readonly<Record<string, Row>> = {
  'GET /': { to: 'open', path: at('//') },
  'GET /healthz': { to: 'open', path: at('//healthz') },
  'GET /readyz': { to: 'open', path: at('//readyz'), right: { status: 200 } },
  'GET /:brand': { to: 'open', path: at('') },
  'ALL /:brand/*': { to: 'open', path: at('/no-such-page') },
  'GET /:brand/:name(^style-[0-9a-f]{16}\\.css$)': { to: 'open', path: at('/style-0123456789abcdef.css') },
  'GET /:brand/icon.svg': { to: 'open', path: at('/icon.svg') },
  'GET /:brand/help': { to: 'open', path: at('/help') },
  'GET /:brand/questions': { to: 'open', path: at('/questions') },
  'GET /:brand/safety': { to: 'open', path: at('/safety') },
  'POST /:brand/safety': { to: 'open', path: at('/safety') },
  'GET /:brand/find': { to: 'open', path: at(`/find?q=${encodeURIComponent('注销')}`), right: { status: 200 } },
  'GET /:brand/letter': { to: 'open', path: at('/letter'), right: { status: 200 } },
  'GET /:brand/letter.pdf': { to: 'open', path: at('/letter.pdf'), right: { status: 200 } },
  'GET /:brand/verify': { to: 'open', path: at('/verify') },
  'POST /:brand/verify': { to: 'open', path: at('/verify') },
  'GET /:brand/certificate-keys.json': { to: 'open', path: at('/certificate-keys.json') },
  'GET /:brand/sign-in': { to: 'open', path: at('/sign-in') },
  'POST /:brand/sign-in': { to: 'open', path: at('/sign-in') },
  'POST /:brand/sign-out': { to: 'open', path: at('/sign-out') },
  'GET /:brand/reset': { to: 'open', path: at('/reset') },
  'POST /:brand/reset': { to: 'open', path: at('/reset') },
  'GET /:brand/reset/code': { to: 'open', path: at('/reset/code') },
  'POST /:brand/reset/code': { to: 'open', path: at('/reset/code') },
  'GET /:brand/status': { to: 'open', path: at('/status') },
  'POST /:brand/status': { to: 'open', path: at('/status') },
  'GET /:brand/status/code': { to: 'open', path: at('/status/code') },
  'POST /:brand/status/code': { to: 'open', path: at('/status/code') },
  'GET /:brand/statement': { to: 'open', path: at('/statement'), right: { status: 200 } },
  'GET /:brand/statement/:law/:entry': { to: 'open', path: at('/statement/de/cancellation-button'), right: { status: 200 } },
  'POST /:brand/statement/:law/:entry': { to: 'open', path: at('/statement/de/cancellation-button') },
  'GET /:brand/statement/receipt': { to: 'open', path: at('/statement/receipt') },
  'GET /:brand/statement/receipt.txt': { to: 'open', path: at('/statement/receipt.txt') },

  'GET /:brand/confirm/:token': { to: 'link', path: ({ link }) => `/confirm/${link}`, right: { status: 200 } },
  'POST /:brand/confirm/:token': { to: 'link', path: ({ link }) => `/confirm/${link}`, right: seeOther(/\/confirm\//) },

  'GET /:brand/sign/:token': { to: 'open', path: at('/sign/no-such-link'), right: { status: 404 } },
  'POST /:brand/sign/:token': { to: 'open', path: at('/sign/no-such-link') },
  'GET /:brand/sign/:token/name': { to: 'open', path: at('/sign/no-such-link/name'), right: { status: 404 } },
  'POST /:brand/sign/:token/name': { to: 'open', path: at('/sign/no-such-link/name') },
  'GET /:brand/sign/:token/:agreementId/to-read.pdf': { to: 'open', path: at('/sign/no-such-link/any/to-read.pdf'), right: { status: 404 } },
  'POST /:brand/cases/:number/confirm-again': { to: 'own', path: ({ number }) => `/cases/${number}/confirm-again`, right: { status: 404 } },
  // The policy of this story asks for no question: security-question.test.ts has one that does.
  'GET /:brand/account/question': { to: 'own', path: at('/account/question'), right: { status: 404 } },
  'POST /:brand/account/question': { to: 'own', path: at('/account/question'), right: { status: 404 } },
  'GET /:brand/account/question/set': { to: 'own', path: at('/account/question/set'), right: { status: 404 } },
  'POST /:brand/account/question/set': { to: 'own', path: at('/account/question/set'), right: { status: 404 } },
  // Whoever is signed in may ask for their own: with a kind that there is not, nobody does.
  'POST /:brand/account/data-requests': { to: 'own', path: at('/account/data-requests'), fields: () => ({ kind: 'neither' }), right: seeOther(/\/account$/) },
  'GET /:brand/account': { to: 'own', path: at('/account'), right: { status: 200 } },
  'GET /:brand/': { to: 'own', path: at('/'), right: { status: 200 } },
  'GET /:brand/lines/:lineId': { to: 'own', path: ({ line }) => `/lines/${line}`, right: { status: 200 } },
  'GET /:brand/lines/:lineId/cancel': { to: 'own', path: ({ line }) => `/lines/${line}/cancel`, right: { status: 200 } },
  'POST /:brand/lines/:lineId/pay-bill': { to: 'own', path: ({ line }) => `/lines/${line}/pay-bill`, fields: ({ bill }) => ({ bill }), right: seeOther(/\/cancel$/) },
  'POST /:brand/lines/:lineId/unbind': { to: 'own', path: ({ line }) => `/lines/${line}/unbind`, fields: ({ device }) => ({ device }), right: seeOther(/\/cancel$/) },
  'POST /:brand/lines/:lineId/data': { to: 'own', path: ({ line }) => `/lines/${line}/data`, right: { status: 200 } },
  'POST /:brand/lines/:lineId/cancel': { to: 'own', path: ({ line }) => `/lines/${line}/cancel`, right: seeOther(/\/application$/) },
  'GET /:brand/lines/:lineId/cancel/application': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/application`, right: { status: 200 } },
  'POST /:brand/lines/:lineId/cancel/application': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/application`, fields: () => ({ name: '别人' }), right: seeOther(/\/application\?check=/) },
  'GET /:brand/lines/:lineId/cancel/consequences': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/consequences`, right: { status: 200 } },
  'POST /:brand/lines/:lineId/cancel/consequences': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/consequences`, right: seeOther(/\/consequences\?check=/) },
  'GET /:brand/lines/:lineId/cancel/check': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/check`, right: seeOther(/\/application\?check=/) },
  'POST /:brand/lines/:lineId/cancel/check': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/check`, right: seeOther(/\/check$/) },

  'GET /:brand/lines/:lineId/letter': { to: 'own', path: ({ line }) => `/lines/${line}/letter`, right: { status: 200 } },
  'GET /:brand/lines/:lineId/letter.pdf': { to: 'own', path: ({ line }) => `/lines/${line}/letter.pdf`, right: { status: 200 } },
  'GET /:brand/lines/:lineId/messages': { to: 'own', path: ({ line }) => `/lines/${line}/messages`, right: { status: 200 } },
  'POST /:brand/lines/:lineId/messages': { to: 'own', path: ({ line }) => `/lines/${line}/messages`, fields: () => ({ text: '请问' }), right: seeOther(/\/messages$/) },
  'POST /:brand/lines/:lineId/messages/apply': { to: 'own', path: ({ line }) => `/lines/${line}/messages/apply`, right: seeOther(/\/cancel$/) },
  'GET /:brand/lines/:lineId/messages/attachments/:id': { to: 'own', path: ({ line, attachment }) => `/lines/${line}/messages/attachments/${attachment}`, right: { status: 200 } },
  'GET /:brand/lines/:lineId/cancel/paper.pdf': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/paper.pdf`, right: { status: 200 } },
  'GET /:brand/lines/:lineId/cancel/account': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/account`, right: seeOther(/\/cancel$/) },
  'POST /:brand/lines/:lineId/cancel/account': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/account`, fields: () => ({ account: 'confirmed' }), right: seeOther(/\/cancel(\/[\w-]+(\?check=[\w.,-]+)?)?$/) },
  'GET /:brand/lines/:lineId/cancel/device': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/device`, right: seeOther(/\/cancel$/) },
  'POST /:brand/lines/:lineId/cancel/device': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/device`, fields: () => ({ deviceModel: 'X' }), right: seeOther(/\/cancel(\/[\w-]+(\?check=[\w.,-]+)?)?$/) },
  'GET /:brand/lines/:lineId/cancel/outside-accounts': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/outside-accounts`, right: seeOther(/\/cancel(\/[\w-]+)?$/) },
  'POST /:brand/lines/:lineId/cancel/outside-accounts': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/outside-accounts`, fields: () => ({ outside: 'mail' }), right: seeOther(/\/cancel(\/[\w-]+)?$/) },
  'GET /:brand/lines/:lineId/cancel/credit': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/credit`, right: seeOther(/\/cancel$/) },
  'POST /:brand/lines/:lineId/cancel/credit': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/credit`, fields: () => ({ creditChoice: 'refund' }), right: seeOther(/\/cancel(\/[\w-]+(\?check=[\w.,-]+)?)?$/) },
  'GET /:brand/lines/:lineId/cancel/agreements': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/agreements`, right: seeOther(/\/cancel$/) },
  'POST /:brand/lines/:lineId/cancel/agreements': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/agreements`, right: seeOther(/\/cancel$/) },
  'GET /:brand/lines/:lineId/cancel/agreements/sign': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/agreements/sign`, right: seeOther(/\/cancel\/agreements$/) },
  'POST /:brand/lines/:lineId/cancel/agreements/sign': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/agreements/sign`, fields: () => ({ signature: '别人', code: '12345678' }), right: seeOther(/\/cancel\/agreements$/) },
  'GET /:brand/lines/:lineId/cancel/proof': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof`, right: seeOther(/\/check/) },
  'POST /:brand/lines/:lineId/cancel/proof': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof`, fields: () => ({ way: '0' }), right: seeOther(/\/check/) },
  'GET /:brand/lines/:lineId/cancel/proof/code': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof/code`, right: seeOther(/\/check$/) },
  'POST /:brand/lines/:lineId/cancel/proof/code': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof/code`, fields: () => ({ way: '0', code: '12345678' }), right: seeOther(/\/check$/) },
  'GET /:brand/lines/:lineId/cancel/proof/document': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof/document`, right: { status: 200 } },
  'POST /:brand/lines/:lineId/cancel/proof/document': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof/document`, fields: () => ({ way: '0', documentKind: 'passport' }), right: { status: 422 } },
  'GET /:brand/lines/:lineId/cancel/proof/question': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof/question`, right: seeOther(/\/check$/) },
  'POST /:brand/lines/:lineId/cancel/proof/question': { to: 'own', path: ({ line }) => `/lines/${line}/cancel/proof/question`, fields: () => ({ way: '0', answer: '紫色' }), right: seeOther(/\/check$/) },
  'GET /:brand/lines/:lineId/cancel/agreements/:agreementId/to-read.pdf': { to: 'own', path: ({ line, agreement }) => `/lines/${line}/cancel/agreements/${agreement}/to-read.pdf` },
  'GET /:brand/lines/:lineId/cancel/agreements/:agreementId/signed.pdf': { to: 'own', path: ({ line, agreement }) => `/lines/${line}/cancel/agreements/${agreement}/signed.pdf`, right: { status: 200 } },

  'GET /:brand/cases/:number': { to: 'read', path: ({ number }) => `/cases/${number}`, right: { status: 200 } },
  'GET /:brand/cases/:number/receipt': { to: 'read', path: ({ number }) => `/cases/${number}/receipt`, right: { status: 200 } },
  'GET /:brand/cases/:number/certificate.jws': { to: 'read', path: ({ ended }) => `/cases/${ended}/certificate.jws`, right: { status: 200 } },
  'GET /:brand/cases/:number/certificate.pdf': { to: 'read', path: ({ ended }) => `/cases/${ended}/certificate.pdf`, right: { status: 200 } },
  'GET /:brand/cases/:number/agreements/:agreementId/signed.pdf': { to: 'read', path: ({ ended, agreement }) => `/cases/${ended}/agreements/${agreement}/signed.pdf`, right: { status: 200 } },
  'GET /:brand/cases/:number/record.zip': { to: 'read', path: ({ ended }) => `/cases/${ended}/record.zip`, right: { status: 200 } },
  'GET /:brand/cases/:number/afterwards': { to: 'read', path: ({ ended }) => `/cases/${ended}/afterwards`, right: { status: 200 } },
  'POST /:brand/cases/:number/data-requests': { to: 'read', path: ({ ended }) => `/cases/${ended}/data-requests`, fields: () => ({ kind: 'copy' }), right: seeOther(/\/afterwards$/) },
  'GET /:brand/esim/delete': { to: 'open', path: at('/esim/delete'), right: { status: 200 } },
  'POST /:brand/cases/:number/profile-deleted': { to: 'read', path: ({ ended }) => `/cases/${ended}/profile-deleted`, right: seeOther(/\/cases\/[^/]+$/) },
  'GET /:brand/cases/:number/letter': { to: 'own', path: ({ number }) => `/cases/${number}/letter`, right: { status: 200 } },
  'GET /:brand/cases/:number/letter.pdf': { to: 'own', path: ({ number }) => `/cases/${number}/letter.pdf`, right: { status: 200 } },
  'GET /:brand/cases/:number/messages': { to: 'own', path: ({ number }) => `/cases/${number}/messages`, right: { status: 200 } },
  'POST /:brand/cases/:number/messages': { to: 'own', path: ({ number }) => `/cases/${number}/messages`, fields: () => ({ text: '请问' }), right: seeOther(/\/messages$/) },
  'GET /:brand/cases/:number/supplement': { to: 'own', path: ({ number }) => `/cases/${number}/supplement`, right: { status: 200 } },
  'POST /:brand/cases/:number/supplement': { to: 'own', path: ({ number }) => `/cases/${number}/supplement`, right: { status: 422 } },
  'POST /:brand/cases/:number/appeal': { to: 'own', path: ({ ended }) => `/cases/${ended}/appeal`, fields: () => ({ text: '请再看' }), right: seeOther(/\/cases\/[^/]+$/) },
  'GET /:brand/cases/:number/withdraw': { to: 'own', path: ({ number }) => `/cases/${number}/withdraw`, right: { status: 200 } },

  'GET /:brand/console/:name(^style-[0-9a-f]{16}\\.css$)': { to: 'open', path: at('/console/style-0123456789abcdef.css') },
  'GET /:brand/console/icon.svg': { to: 'open', path: at('/console/icon.svg') },
  'ALL /:brand/console/*': { to: 'open', path: at('/console/no-such-page') },
  'GET /:brand/console/sign-in': { to: 'open', path: at('/console/sign-in') },
  'POST /:brand/console/sign-in': { to: 'open', path: at('/console/sign-in') },
  'POST /:brand/console/sign-out': { to: 'open', path: at('/console/sign-out') },
  'GET /:brand/console': { to: 'staff', path: at('/console'), right: { status: 200 } },
  'GET /:brand/console/': { to: 'staff', path: at('/console/'), right: seeOther(/\/console$/) },
  'GET /:brand/console/find': { to: 'staff', path: ({ number }) => `/console/find?number=${number}`, right: seeOther(/\/console\/cases\//) },
  'GET /:brand/console/cases/:number': { to: 'staff', path: ({ number }) => `/console/cases/${number}`, right: { status: 200 } },
  'GET /:brand/console/cases/:number/approve': { to: 'staff', path: ({ number }) => `/console/cases/${number}/approve`, right: seeOther(/\/cases\/[^/]+$/) },
  'GET /:brand/console/cases/:number/ask': { to: 'staff', path: ({ number }) => `/console/cases/${number}/ask`, right: seeOther(/\/cases\/[^/]+$/) },
  'GET /:brand/console/cases/:number/refuse': { to: 'staff', path: ({ number }) => `/console/cases/${number}/refuse`, right: seeOther(/\/cases\/[^/]+$/) },
  'GET /:brand/console/cases/:number/resume': { to: 'staff', path: ({ number }) => `/console/cases/${number}/resume`, right: seeOther(/\/cases\/[^/]+$/) },
  'GET /:brand/console/cases/:number/documents/:id': { to: 'whole', path: ({ number, document }) => `/console/cases/${number}/documents/${document}`, right: { status: 200 } },
  'POST /:brand/console/cases/:number/approve': { to: 'decide', path: ({ number }) => `/console/cases/${number}/approve`, fields: () => seen, right: { status: 409 } },
  'POST /:brand/console/cases/:number/ask': { to: 'decide', path: ({ number }) => `/console/cases/${number}/ask`, fields: () => ({ ...seen, materials: 'clearer-document', note: '看不清' }), right: { status: 409 } },
  'POST /:brand/console/cases/:number/refuse': { to: 'decide', path: ({ number }) => `/console/cases/${number}/refuse`, fields: () => ({ ...seen, because: 'details-differ' }), right: { status: 409 } },
  'POST /:brand/console/cases/:number/resolutions': { to: 'mend', path: ({ number }) => `/console/cases/${number}/resolutions`, fields: () => ({ step: 'bar-line' }), right: { status: 422 } },
  'POST /:brand/console/cases/:number/resolutions/:id': { to: 'mend', path: ({ number }) => `/console/cases/${number}/resolutions/00000000-0000-4000-8000-000000000000`, fields: () => ({ agreed: 'yes' }), right: { status: 409 } },
  'GET /:brand/console/set-aside/:id': { to: 'staff', path: at('/console/set-aside/any'), right: seeOther(/tab=stalled$/) },
  'POST /:brand/console/set-aside/:id': { to: 'mend', path: ({ aside }) => `/console/set-aside/${aside}`, right: seeOther(/aside=[\w-]{36}$/) },
  'GET /:brand/console/deadlines': { to: 'mend', path: at('/console/deadlines'), right: { status: 200 } },
  'POST /:brand/console/data-requests/:id': { to: 'mend', path: ({ dataRequest }) => `/console/data-requests/${dataRequest}`, fields: () => ({ act: 'answer' }), right: seeOther(/\/deadlines\?done=answered$/) },
  'GET /:brand/console/findings': { to: 'staff', path: at('/console/findings'), right: { status: 200 } },
  'GET /:brand/console/findings/:id/mend': { to: 'staff', path: at('/console/findings/any/mend'), right: seeOther(/\/findings$/) },
  'POST /:brand/console/findings/:id/mend': { to: 'mend', path: ({ finding }) => `/console/findings/${finding}/mend`, right: { status: 409 } },
  'POST /:brand/console/cases/:number/resume': { to: 'mend', path: ({ number }) => `/console/cases/${number}/resume`, right: { status: 409 } },

  'GET /:brand/console/bulk': { to: 'whole', path: at('/console/bulk'), right: { status: 200 } },
  'POST /:brand/console/bulk': { to: 'decide', path: at('/console/bulk'), right: { status: 422 } },
  'GET /:brand/console/bulk/:orderId': { to: 'whole', path: ({ bulk }) => `/console/bulk/${bulk}`, right: { status: 200 } },
  'GET /:brand/console/bulk/:orderId/result.csv': { to: 'whole', path: ({ bulk }) => `/console/bulk/${bulk}/result.csv`, right: { status: 200 } },
  'POST /:brand/console/bulk/:orderId/pause': { to: 'decide', path: ({ bulk }) => `/console/bulk/${bulk}/pause`, right: { status: 409 } },
  'POST /:brand/console/bulk/:orderId/resume': { to: 'decide', path: ({ bulk }) => `/console/bulk/${bulk}/resume`, right: { status: 409 } },
  'POST /:brand/console/bulk/:orderId/release': { to: 'decide', path: ({ bulk }) => `/console/bulk/${bulk}/release`, right: { status: 409 } },
  'POST /:brand/console/bulk/:orderId/stop': { to: 'decide', path: ({ bulk }) => `/console/bulk/${bulk}/stop`, right: seeOther(/\/bulk\/[\w-]+$/) },
  'GET /:brand/console/cases/:number/waiting': { to: 'mend', path: ({ number }) => `/console/cases/${number}/waiting`, right: { status: 404 } },
  'POST /:brand/console/cases/:number/waiting': { to: 'mend', path: ({ number }) => `/console/cases/${number}/waiting`, right: { status: 404 } },
  'GET /:brand/console/calls': { to: 'assist', path: at('/console/calls'), right: { status: 200 } },
  'POST /:brand/console/calls': { to: 'assist', path: at('/console/calls'), fields: () => ({ name: '+12025550162' }), right: seeOther(/\/calls\/[\w-]{36}$/) },
  'GET /:brand/console/calls/:callId': { to: 'call', path: ({ call }) => `/console/calls/${call}`, right: { status: 200 } },
  'GET /:brand/console/calls/:callId/lines/:lineId': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}`, right: { status: 200 } },
  'POST /:brand/console/calls/:callId/lines/:lineId/pay-bill': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/pay-bill`, fields: ({ bill }) => ({ bill }), right: seeOther(/\/lines\/[\w-]+$/) },
  'POST /:brand/console/calls/:callId/lines/:lineId/unbind': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/unbind`, right: seeOther(/\/lines\/[\w-]+$/) },
  'POST /:brand/console/calls/:callId/lines/:lineId/open': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/open`, right: seeOther(/\/form$/) },
  'GET /:brand/console/calls/:callId/lines/:lineId/form': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/form`, right: { status: 200 } },
  'GET /:brand/console/calls/:callId/lines/:lineId/paper.pdf': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/paper.pdf`, right: { status: 200 } },
  'POST /:brand/console/calls/:callId/lines/:lineId/form': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/form`, fields: () => ({ name: '别人' }), right: { status: 422 } },
  'GET /:brand/console/calls/:callId/lines/:lineId/consequences': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/consequences`, right: { status: 200 } },
  'POST /:brand/console/calls/:callId/lines/:lineId/consequences': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/consequences`, fields: () => ({ consequence: 'no-way-back' }), right: seeOther(/\/consequences$/) },
  // The policy of this story has nothing to sign: agreements-by-phone.test.ts has one that does.
  'GET /:brand/console/calls/:callId/lines/:lineId/agreements': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/agreements`, right: seeOther(/\/consequences$/) },
  'POST /:brand/console/calls/:callId/lines/:lineId/agreements': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/agreements`, right: seeOther(/\/consequences$/) },
  'GET /:brand/console/calls/:callId/lines/:lineId/check': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/check`, right: seeOther(/\/consequences$/) },
  'POST /:brand/console/calls/:callId/lines/:lineId/check': { to: 'call', path: ({ call, line }) => `/console/calls/${call}/lines/${line}/check`, right: seeOther(/\/consequences$/) },
  'POST /:brand/console/calls/:callId/code': { to: 'call', path: ({ call }) => `/console/calls/${call}/code`, right: seeOther(/\/calls\/[\w-]+$/) },
  'POST /:brand/console/calls/:callId/prove': { to: 'call', path: ({ call }) => `/console/calls/${call}/prove`, fields: () => ({ code: 'none' }), right: { status: 422 } },
  'POST /:brand/console/calls/:callId/names': { to: 'call', path: ({ call }) => `/console/calls/${call}/names`, fields: () => ({ 'names-to': 'mail' }), right: seeOther(/\/calls\/[\w-]+$/) },
  'POST /:brand/console/calls/:callId/end': { to: 'call', path: ({ call }) => `/console/calls/${call}/end`, right: seeOther(/\/calls$/) },
  'GET /:brand/console/threads': { to: 'assist', path: at('/console/threads'), right: { status: 200 } },
  'GET /:brand/console/threads/:lineId': { to: 'assist', path: ({ line }) => `/console/threads/${line}`, right: { status: 200 } },
  'GET /:brand/console/threads/:lineId/attachments/:id': { to: 'assist', path: ({ line, attachment }) => `/console/threads/${line}/attachments/${attachment}`, right: { status: 200 } },
  'POST /:brand/console/threads/:lineId': { to: 'assist', path: ({ line }) => `/console/threads/${line}`, fields: () => ({ text: '好的' }), right: seeOther(/\/threads\?done=/) },
  'GET /:brand/console/papers': { to: 'assist', path: at('/console/papers'), right: { status: 200 } },
  'POST /:brand/console/papers': { to: 'assist', path: at('/console/papers'), fields: ({ paper }) => ({ code: paper }), right: { status: 422 } },
  'GET /:brand/console/papers/:code': { to: 'assist', path: ({ paper }) => `/console/papers/${paper}`, right: { status: 200 } },
  'POST /:brand/console/papers/:code': { to: 'assist', path: ({ paper }) => `/console/papers/${paper}`, right: { status: 422 } },
  'GET /:brand/console/social': { to: 'assist', path: at('/console/social'), right: { status: 200 } },
  'GET /:brand/console/statements': { to: 'assist', path: at('/console/statements'), right: { status: 200 } },
  'POST /:brand/console/statements/:id': { to: 'assist', path: ({ statement }) => `/console/statements/${statement}`, fields: () => ({ act: 'settle' }), right: seeOther(/\/statements\?done=settled$/) },
  'GET /:brand/console/refunds': { to: 'assist', path: at('/console/refunds'), right: { status: 200 } },
  'POST /:brand/console/refunds/:id': { to: 'assist', path: () => '/console/refunds/00000000-0000-4000-8000-000000000000', fields: () => ({ act: 'repeat' }), right: { status: 404 } },
  'POST /:brand/console/social': { to: 'assist', path: at('/console/social'), fields: ({ number }) => ({ about: number, network: 'square', handle: '@her', said: '问了一句' }), right: seeOther(/\/social\?done=/) },

  'POST /:brand/cases/:number/withdraw': { to: 'own', path: ({ number }) => `/cases/${number}/withdraw`, right: seeOther(/\/cases\/[^/]+$/) },
};

/** The routes of orders of many lines, all of scope `bulk`. Gone through in `bulk-api.test.ts`. */
export const bulkApiRows = ['POST /v1/bulk-orders', 'GET /v1/bulk-orders/:orderId', 'GET /v1/bulk-orders/:orderId/result', ...['release', 'pause', 'resume', 'stop'].map((act) => `POST /v1/bulk-orders/:orderId/${act}`)];

/** Every other route for programs: which scope opens it, and a request that would find something at `brand`. Gone through in `number-recycling.test.ts`. */
export const apiRows: Readonly<Record<string, { readonly scope: string; readonly body: object }>> = {
  'POST /number-recycling/vwip/check': { scope: 'number-recycling:check', body: { phoneNumber: '+12025550142', specifiedDate: '2026-11-24' } },
};
