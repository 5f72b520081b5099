/** A visitor without script: follows links and fills in the forms that people use, and keeps cookies as a browser does. */
import { parse, type HTMLElement } from 'node-html-parser';

export type File = { readonly name: string; readonly type: string; readonly contents: Uint8Array<ArrayBuffer> };
/** What is typed, ticked or chosen, by the field's name. */
export type Filled = Readonly<Record<string, string | readonly string[] | File>>;

/** A page as it arrived. */
export type Page = { readonly url: string; readonly status: number; readonly html: string; readonly root: HTMLElement };

export type Visitor = {
  readonly page: () => Page;
  visit(path: string): Promise<Page>;
  /** Fills in the form whose action ends in `action` and sends it, hidden fields and all. `button`: name=value of the one pressed. */
  submit(action: string, filled?: Filled, button?: { readonly name: string; readonly value: string }): Promise<Page>;
  /** The address of the first link that fits. */
  link(fits: RegExp): string;
  /** What this browser sends along to an address: `name=value; …`. */
  cookie(path: string): string;
  download(path: string): Promise<{ readonly status: number; readonly type: string; readonly contents: Buffer }>;
};

export const visitor = (base: string, language: string): Visitor => {
  const jar = new Map<string, { value: string; path: string }>();
  let current: Page | undefined;

  const page = (): Page => {
    if (current === undefined) throw new Error('no page was visited yet');
    return current;
  };

  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      const gone = attributes.some((one) => /^max-age=0$/i.test(one) || (/^expires=/i.test(one) && Date.parse(one.slice(8)) < 86_400_000));
      const key = `${path} ${pair.slice(0, at)}`;
      if (gone) jar.delete(key);
      else jar.set(key, { value: pair.slice(at + 1), path });
    }
  };

  const cookieFor = ({ pathname }: URL): string =>
    [...jar].filter(([, { path: under }]) => pathname.startsWith(under)).map(([key, { value }]) => `${key.split(' ')[1]}=${value}`).join('; ');

  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(path, current?.url ?? base);
    const cookie = cookieFor(url);
    const response = await fetch(url, {
      ...init, redirect: 'manual',
      headers: { ...init.headers, cookie, 'accept-language': language, origin: new URL(base).origin, 'sec-fetch-site': 'same-origin' },
    });
    keep(response);
    return response;
  };

  const arrive = async (first: Response, path: string): Promise<Page> => {
    let response = first;
    let url = new URL(path, current?.url ?? base).href;
    for (let hops = 0; response.status >= 300 && response.status < 400 && hops < 10; hops++) {
      url = new URL(response.headers.get('location') ?? '', url).href;
      response = await request(url);
    }
    const html = await response.text();
    const arrived: Page = { url, status: response.status, html, root: parse(html) };
    // A download leaves the page where it is.
    if (!(response.headers.get('content-disposition') ?? '').startsWith('attachment')) current = arrived;
    return arrived;
  };

  return {
    page,
    visit: async (path) => arrive(await request(path), path),
    submit: async (action, filled = {}, button) => {
      const here = page();
      const pathOf = (one: HTMLElement) => new URL(one.getAttribute('action') || here.url, here.url).pathname;
      const form = here.root.querySelectorAll('form').find((one) => pathOf(one).endsWith(action) && (button === undefined || one.querySelector(`[name="${button.name}"][value="${button.value}"]`) !== null))
        ?? here.root.querySelectorAll('form').find((one) => pathOf(one).endsWith(action));
      if (form === undefined) throw new Error(`the page ${here.url} (${here.status}) has no form to ${action}; it has: ${here.root.querySelectorAll('form').map(pathOf).join(', ')}`);
      const body = new FormData();
      for (const [name, value] of fieldsOf(form)) if (!(name in filled)) body.append(name, value);
      for (const [name, value] of Object.entries(filled)) {
        if (typeof value === 'string') body.append(name, value);
        else if ('contents' in value) body.append(name, new Blob([value.contents], { type: value.type }), value.name);
        else value.forEach((one) => body.append(name, one));
      }
      if (button !== undefined) body.append(button.name, button.value);
      const multipart = form.getAttribute('enctype') === 'multipart/form-data';
      const target = new URL(form.getAttribute('action') || here.url, here.url);
      if ((form.getAttribute('method') ?? 'get').toLowerCase() === 'get') {
        target.search = new URLSearchParams(textOf(body)).toString();
        return arrive(await request(target.href), target.href);
      }
      return arrive(await request(target.href, { method: 'POST', body: multipart ? body : new URLSearchParams(textOf(body)) }), target.href);
    },
    link: (fits) => {
      const found = page().root.querySelectorAll('a').map((one) => one.getAttribute('href') ?? '').find((href) => fits.test(href));
      if (found === undefined) throw new Error(`the page ${page().url} has no link like ${fits}`);
      return new URL(found, page().url).href;
    },
    cookie: (path) => cookieFor(new URL(path, current?.url ?? base)),
    download: async (path) => {
      const response = await request(path);
      return { status: response.status, type: response.headers.get('content-type') ?? '', contents: Buffer.from(await response.arrayBuffer()) };
    },
  };
};

const textOf = (body: FormData): [string, string][] => [...body.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []));

/** What a browser would send of a form that nobody touched. */
const fieldsOf = (form: HTMLElement): [string, string][] => [
  ...form.querySelectorAll('input').flatMap((one): [string, string][] => {
    const name = one.getAttribute('name');
    const type = one.getAttribute('type') ?? 'text';
    if (name === undefined || type === 'file' || type === 'submit' || ((type === 'checkbox' || type === 'radio') && !one.hasAttribute('checked'))) return [];
    return [[name, decoded(one.getAttribute('value') ?? (type === 'checkbox' ? 'on' : ''))]];
  }),
  ...form.querySelectorAll('textarea').flatMap((one): [string, string][] => (one.getAttribute('name') === undefined ? [] : [[one.getAttribute('name') ?? '', one.text]])),
  ...form.querySelectorAll('select').flatMap((one): [string, string][] => {
    const chosen = one.querySelectorAll('option').find((option) => option.hasAttribute('selected')) ?? one.querySelectorAll('option')[0];
    return one.getAttribute('name') === undefined || chosen === undefined ? [] : [[one.getAttribute('name') ?? '', chosen.getAttribute('value') ?? chosen.text]];
  }),
];

const decoded = (text: string): string => parse(`<p>${text}</p>`).text;
