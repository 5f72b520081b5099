import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage } from '../language/index.ts';
import { csrfToken, type FormOwner } from '../identity/csrf.ts';
import { newToken, staffOf } from '../identity/sessions.ts';
import { staffMembers } from '../identity/staff.ts';
import type { Pack } from '../policy/pack.ts';
import { jarOf, type Jar } from './cookies.ts';
import type { ConsoleDeps } from './deps.ts';
import { frameOf } from './frame.tsx';
import { paths, type Place } from './place.ts';
import type { Staff } from './rights.ts';
import { wordsOf, type Words } from './words.tsx';

/** One request to one brand's console: what every route starts from. */
export type Visit = {
  readonly pack: Pack;
  readonly base: string;
  readonly to: ReturnType<typeof paths>;
  readonly words: Words;
  readonly jar: Jar;
  /** The network address, for throttling. */
  readonly from: string;
  readonly staff: Staff | undefined;
  /** A session was there and its time is over: said at the sign-in page. */
  readonly sessionOver: boolean;
  /** What this browser's forms belong to; nothing where it has no cookie yet. */
  readonly owner: FormOwner | undefined;
  /** For a page. Gives a browser without cookies one for its forms. */
  place(): Place;
};

export const visitOf = async ({ desk: { db, vault, clock }, production }: ConsoleDeps, pack: Pack, request: FastifyRequest, reply: FastifyReply): Promise<Visit> => {
  const base = `/${pack.brand}/console`;
  const now = clock.now();
  const jar = jarOf(request, reply, base, production);
  const found = await staffOf(db, pack.brand, jar.get('session'), now);
  const session = found.ok ? found.value : undefined;
  const member = session && (await db.inBrand(pack.brand, (tx) => staffMembers(tx, vault, [session.staffId]))).get(session.staffId);
  // The roles are the session's, which ends when they change.
  const staff = session && member ? { staffId: session.staffId, name: member.name, roles: session.roles } : undefined;
  const words = wordsOf(chooseLanguage(request.headers['accept-language'], jar.get('language')), pack, now);
  const before = jar.get('before');
  const owner: FormOwner | undefined = session ? { brand: pack.brand, sessionId: session.sessionId } : before ? { brand: pack.brand, before } : undefined;
  return {
    pack, base, words, jar, staff, owner,
    to: paths(base),
    from: request.ip,
    sessionOver: !found.ok && found.why.kind === 'session-over',
    place: () => {
      let formOwner = owner;
      if (!formOwner) {
        formOwner = { brand: pack.brand, before: newToken() };
        jar.set('before', formOwner.before);
      }
      const token = csrfToken(vault, formOwner);
      // A page that answers a form is left by a link to the page that the form stood on.
      const address = request.method === 'GET' ? request.url : request.url.replace(/\/[a-z]+(\?.*)?$/, '');
      return { frame: frameOf({ pack, words, base, address, token, staff }), words, pack, base, token };
    },
  };
};
