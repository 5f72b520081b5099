/** How an HTTP peer stands: one harmless request, and what its answer, or the lack of one, says. */
import type { Checked } from '../plan/ports.ts';
import type { HttpClient, HttpRequest } from './http-client.ts';
import type { HttpReply } from './http-exchange.ts';
import { decodeProblem } from './http-outcome.ts';

/** What TLS says when it is the certificate; node's codes are OpenSSL's. */
const ofCertificate = /CERT_|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS_CERT|ERR_SSL_|\bEPROTO\b|alert|certificate|self-signed/i;

/** `says`: an error of a connection that was never used. */
export const whyNoConnection = (says: string): 'certificate' | 'unreachable' => (ofCertificate.test(says) ? 'certificate' : 'unreachable');

/**
 * `isOurs` looks at an answer that is neither a redirect nor 401 nor 403: null where it is what the interface says, else what is
 * wrong with it.
 */
export const checkHttp = async (client: HttpClient, request: Omit<HttpRequest, 'lookAtCertificate'>, isOurs: (reply: HttpReply) => string | null): Promise<Checked> => {
  const exchange = await client.ask({ ...request, lookAtCertificate: true });
  const { where } = client;
  if (exchange.kind === 'never-sent') return { kind: whyNoConnection(exchange.says), where, says: exchange.says };
  // TLS 1.3 lets us write before the server has looked at our certificate.
  if (exchange.kind === 'no-reply') return { kind: whyNoConnection(exchange.says), where, says: `connected, then ${exchange.says}` };
  const { status, certificateEndsAt } = exchange.reply;
  const certificates = certificateEndsAt === undefined ? {} : { certificates: [{ whose: 'theirs' as const, endsAt: certificateEndsAt }] };
  if (status === 401 || status === 403) return { kind: 'credentials', where, says: `HTTP ${status}: it does not take our credentials`, ...certificates };
  if (status >= 300 && status < 400) return { kind: 'protocol', where, says: `HTTP ${status}: it points elsewhere, and redirects are not followed`, ...certificates };
  const wrong = isOurs(exchange.reply);
  return wrong === null ? { kind: 'ok', where, says: 'answers as its interface says', ...certificates } : { kind: 'protocol', where, says: wrong, ...certificates };
};

/** A peer of docs/*.openapi.yaml was asked for what can't exist: it says so in the words of its interface, or has it after all. */
export const saysSo = (expected: string) => (reply: HttpReply): string | null => {
  if (reply.status === 200 && reply.unfit === undefined) return null;
  const problem = decodeProblem(reply.body);
  if (reply.unfit === undefined && problem.ok && problem.value.code === expected) return null;
  return `HTTP ${reply.status} ${reply.unfit ?? `with ${problem.ok ? `the code ${problem.value.code}` : 'no code'}`}; 404 with ${expected} was expected`;
};
