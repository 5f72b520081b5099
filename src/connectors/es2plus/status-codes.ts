/**
 * Subject and reason codes of CancelOrder (SGP.22 §5.2.6, table of §5.3.3), and what each means for the cancelling.
 * What a server adds in words of its own is not kept: it may name an ICCID or an EID.
 */
export type Meaning = { readonly kind: 'already-on-device' | 'refused'; readonly says: string };

export const statusCodes: Readonly<Record<string, Meaning>> = {
  // The order was downloaded: it can't be cancelled any more, and what lives in the device is its user's to delete.
  '8.2.1/3.3': { kind: 'already-on-device', says: 'The profile was downloaded already.' },
  '8.2.1/3.9': { kind: 'refused', says: 'The SM-DP+ does not know this ICCID.' },
  '8.2.1/1.2': { kind: 'refused', says: 'The profile is not ours to cancel.' },
  '8.2.1/2.2': { kind: 'refused', says: 'The ICCID is missing.' },
  '8.1.1/2.2': { kind: 'refused', says: 'The order is linked to an EID, and none was given.' },
  '8.1.1/3.10': { kind: 'refused', says: 'The order is linked to another EID.' },
  '8.2.6/3.10': { kind: 'refused', says: 'The order has another matching id.' },
};

/** Subjects and reasons of §5.2.6, for a pair that the table above does not have. */
const subjects: Readonly<Record<string, string>> = {
  '1.1': 'the function requester', '1.2': 'the function provider', '1.6': 'the function', '8.1': 'the eUICC', '8.1.1': 'the EID', '8.2': 'the profile', '8.2.1': 'the ICCID',
  '8.2.5': 'the profile type', '8.2.6': 'the matching id', '8.2.7': 'the confirmation code', '8.8': 'the SM-DP+', '8.8.5': 'the download order', '8.9': 'the SM-DS',
};
const reasons: Readonly<Record<string, string>> = {
  '1.1': 'unknown', '1.2': 'not allowed', '2.1': 'invalid', '2.2': 'a mandatory element is missing', '2.3': 'a conditional element is missing', '3.1': 'unsupported', '3.3': 'already in use', '3.7': 'unavailable',
  '3.8': 'refused', '3.9': 'unknown', '3.10': 'invalid association', '4.2': 'execution error', '4.3': 'stopped on a warning', '4.8': 'insufficient memory', '5.1': 'inaccessible', '6.1': 'verification failed', '6.3': 'expired',
};

/** A code in words. `subject/reason`; absent where the server gave none. */
export const inWords = (code: string | undefined): string => {
  if (code === undefined) return 'The SM-DP+ gave no code.';
  const known = statusCodes[code];
  if (known !== undefined) return known.says;
  const [subject = '', reason = ''] = code.split('/');
  return `Subject ${subject}: ${subjects[subject] ?? 'not in the specification'}. Reason ${reason}: ${reasons[reason] ?? 'not in the specification'}.`;
};
