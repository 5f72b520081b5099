/** Every route of portal and console, by who may go there. A route without a row fails `authorisation.test.ts`. */

/** What a path may name. `number`: a case that waits for its subscriber; `ended`: one that is over; `line`: has a draft open, a bill and a device. */
export type Things = { readonly line: string; readonly bill: string; readonly device: string; readonly number: string; readonly ended: string; readonly document: string };
type Right = { readonly status: number; readonly leadsTo?: RegExp };
export type Row = {
  /** `open`: to everyone. `own`: to the subscriber alone. `read`: also to who proved with a code that the case is theirs. `staff`: to all who work for the brand. `decide`: to reviewers. `mend`: to reviewers and agents. */
  readonly to: 'open' | 'own' | 'read' | 'staff' | 'decide' | 'mend';
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
  'GET /:brand': { to: 'open', path: at('') },
  'ALL /:brand/*': { to: 'open', path: at('/no-such-page') },
  'GET /:brand/:name(^style-[0-9a-f]{16}\\.css$)': { to: 'open', path: at('/style-0123456789abcdef.css') },
  'GET /:brand/icon.svg': { to: 'open', path: at('/icon.svg') },
  'GET /:brand/help': { to: 'open', path: at('/help') },
  'GET /:brand/questions': { to: 'open', path: at('/questions') },
  'GET /:brand/safety': { to: 'open', path: at('/safety') },
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

  'GET /:brand/cases/:number': { to: 'read', path: ({ number }) => `/cases/${number}`, right: { status: 200 } },
  'GET /:brand/cases/:number/receipt': { to: 'read', path: ({ number }) => `/cases/${number}/receipt`, right: { status: 200 } },
  'GET /:brand/cases/:number/certificate.jws': { to: 'read', path: ({ ended }) => `/cases/${ended}/certificate.jws`, right: { status: 200 } },
  'GET /:brand/cases/:number/certificate.pdf': { to: 'read', path: ({ ended }) => `/cases/${ended}/certificate.pdf`, right: { status: 200 } },
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
  'GET /:brand/console/cases/:number/documents/:id': { to: 'staff', path: ({ number, document }) => `/console/cases/${number}/documents/${document}`, right: { status: 200 } },
  'POST /:brand/console/cases/:number/approve': { to: 'decide', path: ({ number }) => `/console/cases/${number}/approve`, fields: () => seen, right: { status: 409 } },
  'POST /:brand/console/cases/:number/ask': { to: 'decide', path: ({ number }) => `/console/cases/${number}/ask`, fields: () => ({ ...seen, materials: 'clearer-document', note: '看不清' }), right: { status: 409 } },
  'POST /:brand/console/cases/:number/refuse': { to: 'decide', path: ({ number }) => `/console/cases/${number}/refuse`, fields: () => ({ ...seen, because: 'details-differ' }), right: { status: 409 } },
  'POST /:brand/console/cases/:number/resume': { to: 'mend', path: ({ number }) => `/console/cases/${number}/resume`, right: { status: 409 } },
  'POST /:brand/cases/:number/withdraw': { to: 'own', path: ({ number }) => `/cases/${number}/withdraw`, right: seeOther(/\/cases\/[^/]+$/) },
};
