/** The console of a story, and whoever sits before it: a browser without script, with a cookie jar that keeps to paths. */
import Fastify, { type FastifyInstance } from 'fastify';
import { parse, type HTMLElement } from 'node-html-parser';
import { consoleDoor } from '../../src/console/console-door.ts';
import { addStaff } from '../../src/identity/staff.ts';
import { tellCode } from '../../src/notices/tell.ts';
import { acceptDocument } from '../../src/vault/documents/accept-document.ts';
import { documentLimits } from '../../src/vault/documents/limits.ts';
import { packsOf } from '../../src/policy/packs.ts';
import { allPacks, jurisdictions } from '../../policies/index.ts';
import { brand, type Story } from '../harness.ts';

export const otherBrand = 'ultra-other';

/** What the console's agents work with. */
const deskTools = (signoff: Story['signoff']) => ({ tellCode: tellCode(signoff.tellTools), accept: (contents: Buffer) => acceptDocument(contents), largest: documentLimits.bytes });

/** The console alone, over two brands that differ in nothing but their name. */
export const openConsole = async ({ signoff }: Story): Promise<FastifyInstance> => {
  const app = Fastify({ logger: false });
  const [pack] = allPacks;
  if (pack === undefined) throw new Error('no pack');
  await consoleDoor(app, { desk: { ...signoff.desk, packs: packsOf([...allPacks, { ...pack, brand: otherBrand }], jurisdictions) }, ...deskTools(signoff), production: false });
  await app.ready();
  return app;
};

/** Another brand's reviewer. */
export const addForeigner = async ({ signoff: { desk } }: Story): Promise<{ email: string; password: string }> => {
  const who = { email: 'review@ultra-other.example', password: 'four-winds-paper-kite' };
  const added = await addStaff(desk.db, desk.vault, desk.clock, { brand: otherBrand, name: '外人', roles: ['reviewer'], ...who });
  if (!added.ok) throw new Error(added.why.kind);
  return who;
};

export type Answer = { readonly status: number; readonly html: string; readonly root: HTMLElement; readonly headers: Readonly<Record<string, string | string[] | number | undefined>>; readonly body: Buffer };
type Filled = Readonly<Record<string, string | readonly string[]>>;

export type Sitter = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** As a browser sends it, with no field that is not given. */
  post(path: string, fields: Filled, headers?: Record<string, string>): Promise<Answer>;
  /** The form of the page last seen whose action ends so, with its hidden fields. */
  send(action: string, filled?: Filled): Promise<Answer>;
  /** The same with files in it, as a browser sends them. */
  attach(action: string, filled: Filled, files: Readonly<Record<string, Buffer>>): Promise<Answer>;
  /** Goes where it is sent. */
  follow(answer: Answer): Promise<Answer>;
  signIn(who: { email: string; password: string }, at?: string): Promise<Answer>;
  readonly cookies: Map<string, { readonly value: string; readonly path: string }>;
};

export const sitter = (app: FastifyInstance, language = 'zh-CN'): Sitter => {
  const cookies = new Map<string, { value: string; path: string }>();
  let page: HTMLElement | undefined;

  const request = async (method: 'GET' | 'POST', path: string, body: string | Buffer | undefined, more: Record<string, string>): Promise<Answer> => {
    const url = new URL(path, 'http://localhost');
    const cookie = [...cookies].filter(([, one]) => `${url.pathname}/`.startsWith(`${one.path}/`)).map(([name, { value }]) => `${name}=${value}`).join('; ');
    const response = await app.inject({
      method, url: `${url.pathname}${url.search}`,
      headers: { 'accept-language': language, ...(cookie === '' ? {} : { cookie }), ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', origin: 'http://localhost', host: 'localhost' }), ...more },
      ...(body === undefined ? {} : { payload: body }),
    });
    for (const one of response.cookies as { name: string; value: string; path?: string; expires?: Date; maxAge?: number }[])
      if (one.value === '' || one.maxAge === 0) cookies.delete(one.name);
      else cookies.set(one.name, { value: one.value, path: one.path ?? '/' });
    const root = parse(response.payload);
    if (String(response.headers['content-type']).startsWith('text/html')) page = root;
    return { status: response.statusCode, html: response.payload, root, headers: response.headers, body: response.rawPayload };
  };

  const encoded = (fields: Filled): string => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one as string);
    return body.toString();
  };

  const formTo = (action: string): { to: string; hidden: Record<string, string> } => {
    const form = page?.querySelectorAll('form').find((one) => one.getAttribute('action')?.endsWith(action));
    if (form === undefined) throw new Error(`the page has no form to ${action}: ${page?.querySelector('h1')?.text}`);
    return { to: form.getAttribute('action') ?? '', hidden: Object.fromEntries(form.querySelectorAll('input[type=hidden]').map((one) => [one.getAttribute('name') ?? '', one.getAttribute('value') ?? ''])) };
  };

  const me: Sitter = {
    cookies,
    get: (path, headers = {}) => request('GET', path, undefined, headers),
    post: (path, fields, headers = {}) => request('POST', path, encoded(fields), headers),
    send: (action, filled = {}) => {
      const { to, hidden } = formTo(action);
      return me.post(to, { ...hidden, ...filled });
    },
    attach: async (action, filled, files) => {
      const { to, hidden } = formTo(action);
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...hidden, ...filled })) for (const one of [value].flat()) body.append(name, one as string);
      for (const [name, contents] of Object.entries(files)) body.append(name, new Blob([new Uint8Array(contents)]), 'scan');
      const encoded = new Response(body);
      return request('POST', to, Buffer.from(await encoded.arrayBuffer()), { 'content-type': encoded.headers.get('content-type') ?? '' });
    },
    follow: (answer) => me.get(String(answer.headers['location'])),
    signIn: async (who, at = brand) => {
      await me.get(`/${at}/console/sign-in`);
      return me.follow(await me.send('/sign-in', who));
    },
  };
  return me;
};

/** Words of a page, blanks folded. */
export const wordsOf = (root: HTMLElement | null | undefined): string => (root?.text ?? '').replace(/\s+/g, ' ').trim();
