/** Subject and reason codes of CancelOrder (SGP.22 §5.2.6, table of §5.3.3), and what each means for the cancelling. */
export type Meaning = { readonly kind: 'already-on-device' } | { readonly kind: 'refused'; readonly says: string };

export const statusCodes: Readonly<Record<string, Meaning>> = {
  // The order was downloaded: it can't be cancelled any more, and what lives in the device is its user's to delete.
  '8.2.1/3.3': { kind: 'already-on-device' },
  '8.2.1/3.9': { kind: 'refused', says: 'The SM-DP+ does not know this ICCID.' },
  '8.2.1/1.2': { kind: 'refused', says: 'The profile is not ours to cancel.' },
  '8.2.1/2.2': { kind: 'refused', says: 'The ICCID is missing.' },
  '8.1.1/2.2': { kind: 'refused', says: 'The order is linked to an EID, and none was given.' },
  '8.1.1/3.10': { kind: 'refused', says: 'The order is linked to another EID.' },
  '8.2.6/3.10': { kind: 'refused', says: 'The order has another matching id.' },
};
