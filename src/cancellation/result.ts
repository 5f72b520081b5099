/** An expected "no" is a value: a closed union that carries the facts a door needs to put it into words. */
export type Result<Value, Refusal> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: Refusal };

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
export const no = <Refusal>(why: Refusal): { readonly ok: false; readonly why: Refusal } => ({ ok: false, why });

/** For the end of an exhaustive switch: a new member of the union breaks the build here. */
export const unreachable = (left: never): never => {
  throw new Error(`not handled: ${JSON.stringify(left)}`);
};
