/** PostgreSQL's classes of what passes by itself or by its operator's hand: connection lost, disk or memory full, shutting down, failing disk. */
const passing = /^(08|53|57P|58)/;

/** What a fault is over HTTP. 503: nothing of the request was kept, and the same request may succeed later. */
export const statusOfFault = ({ statusCode, name, code }: { readonly statusCode?: number; readonly name: string; readonly code?: unknown }): number => {
  if (statusCode !== undefined) return statusCode;
  if (name === 'ZodError') return 400;
  if (name === 'PolicyElsewhere') return 503; // the next process, of the build that has it, answers
  return typeof code === 'string' && code.length === 5 && passing.test(code) ? 503 : 500;
};
