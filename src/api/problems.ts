/** A no to a program: the same facts, in the form that its interface has for them. */

/** `message`: for the people who wrote the program; never what they sent, and nothing of anybody. */
export type ApiProblem = { readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503; readonly code: string; readonly message: string; /** Seconds. */ readonly retryAfter?: number };
/** `camara`: CAMARA Commonalities, ErrorInfo. `problem`: RFC 9457. */
export type ProblemForm = 'camara' | 'problem';

/** Those that the frame itself says; the codes are CAMARA's. */
export const problems = {
  notOurs: { status: 401, code: 'UNAUTHENTICATED', message: 'Request not authenticated due to missing, invalid, or expired credentials.' },
  noScope: { status: 403, code: 'PERMISSION_DENIED', message: 'Client does not have sufficient permissions to perform this action.' },
  tooLong: { status: 413, code: 'INVALID_ARGUMENT', message: 'The request body is too long.' },
  notJson: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'The request body is to be application/json.' },
  correlator: { status: 400, code: 'INVALID_ARGUMENT', message: 'x-correlator has at most 256 characters, of letters, digits and -_:;./<>{}.' },
  key: { status: 400, code: 'INVALID_ARGUMENT', message: 'Idempotency-Key is a quoted string of at most 255 printable characters.' },
  inFlight: { status: 409, code: 'CONFLICT', message: 'A request with this Idempotency-Key is still being carried out.', retryAfter: 5 },
  otherBody: { status: 422, code: 'INVALID_ARGUMENT', message: 'This Idempotency-Key was used with another body.' },
  body: { status: 400, code: 'INVALID_ARGUMENT', message: 'The request body is not JSON.' },
  /** The database has no room or is away. */
  later: { status: 503, code: 'UNAVAILABLE', message: 'Nothing of this request was kept: the database cannot take it just now. Send the same request again in a minute.', retryAfter: 60 },
  broken: { status: 500, code: 'INTERNAL', message: 'Unknown server error. It is on record.' },
} as const satisfies Record<string, ApiProblem>;

export const tooMany = (seconds: number): ApiProblem => ({ status: 429, code: 'TOO_MANY_REQUESTS', message: 'Too many requests. Try again later.', retryAfter: seconds });

export const bodyOf = ({ status, code, message }: ApiProblem, form: ProblemForm): { readonly type: string; readonly body: object } =>
  form === 'camara' ? { type: 'application/json', body: { status, code, message } } : { type: 'application/problem+json', body: { type: 'about:blank', title: message, status, code } };
