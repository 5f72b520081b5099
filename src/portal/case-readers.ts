import { caseOf } from '../identity/sessions.ts';
import type { Reader } from '../desk/case-access.ts';
import { seeOther } from './answer.ts';
import type { PortalDeps } from './deps.ts';
import type { Asked } from './routes.ts';

/** Everyone who may look at a case: its subscriber, or who proved with a code that it is theirs. */
const readersOf = async ({ db, clock }: PortalDeps['desk'], { pack, session, jar, named }: Asked['visit']): Promise<Reader[]> => {
  const visitor = await caseOf(db, pack.brand, jar.get('visit'), clock.now());
  return [
    ...(session ? [{ brand: pack.brand, subscriberId: session.subscriberId, named }] : []),
    ...(visitor.ok ? [{ brand: pack.brand, caseId: visitor.value.cancellationId }] : []),
  ];
};

/** The first of them to whom it shows something. */
export const asReader = async <View,>(desk: PortalDeps['desk'], visit: Asked['visit'], look: (who: Reader) => Promise<View | undefined>): Promise<{ view: View; visitor: boolean } | undefined | 'nobody'> => {
  const all = await readersOf(desk, visit);
  for (const who of all) {
    const view = await look(who);
    if (view !== undefined) return { view, visitor: 'caseId' in who };
  }
  return all.length > 0 ? undefined : 'nobody';
};

/** For a form of a case: whoever could not read one is sent to sign in. */
export const readersOnly = (desk: PortalDeps['desk']) => async (asked: Asked): Promise<boolean> => {
  if ((await readersOf(desk, asked.visit)).length > 0) return false;
  signInFirst(asked);
  return true;
};

export const signInFirst = ({ visit, params, reply }: Asked) => seeOther(reply, `${visit.to.signIn}?next=${encodeURIComponent(`/cases/${params['number']}`)}`);

export const download = (reply: Asked['reply'], type: string, name: string, contents: string | Buffer) =>
  reply.type(type).header('content-disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '')}"`).header('cache-control', 'no-store').send(contents);
