/** command_status of SMPP 3.4 §5.1.3, and what it means for a message. */

/** `later`: not taken, try again. `no`: never retry. `unclear`: it may have been taken. */
export type Meaning = 'later' | 'no' | 'unclear';

export const statusCodes: Readonly<Record<number, readonly [name: string, meaning: Meaning]>> = {
  0x01: ['ESME_RINVMSGLEN', 'no'],
  0x02: ['ESME_RINVCMDLEN', 'no'],
  0x03: ['ESME_RINVCMDID', 'no'],
  0x04: ['ESME_RINVBNDSTS', 'later'],
  0x05: ['ESME_RALYBND', 'later'],
  0x08: ['ESME_RSYSERR', 'unclear'],
  0x0a: ['ESME_RINVSRCADR', 'no'],
  0x0b: ['ESME_RINVDSTADR', 'no'],
  0x0d: ['ESME_RBINDFAIL', 'later'],
  0x0e: ['ESME_RINVPASWD', 'no'],
  0x0f: ['ESME_RINVSYSID', 'no'],
  0x14: ['ESME_RMSGQFUL', 'later'],
  0x43: ['ESME_RINVESMCLASS', 'no'],
  0x45: ['ESME_RSUBMITFAIL', 'no'],
  0x48: ['ESME_RINVSRCTON', 'no'],
  0x49: ['ESME_RINVSRCNPI', 'no'],
  0x50: ['ESME_RINVDSTTON', 'no'],
  0x51: ['ESME_RINVDSTNPI', 'no'],
  0x58: ['ESME_RTHROTTLED', 'later'],
  0x64: ['ESME_RX_T_APPN', 'later'],
  0x65: ['ESME_RX_P_APPN', 'no'],
  0x66: ['ESME_RX_R_APPN', 'no'],
  0xfe: ['ESME_RDELIVERYFAILURE', 'no'],
  0xff: ['ESME_RUNKNOWNERR', 'unclear'],
};

export const nameOf = (status: number): string => statusCodes[status]?.[0] ?? `0x${status.toString(16).padStart(8, '0')}`;
/** A code that the specification does not know may mean anything. */
export const meaningOf = (status: number): Meaning => statusCodes[status]?.[1] ?? 'unclear';
export const statusNamed = (name: string): number | undefined => {
  const found = Object.entries(statusCodes).find(([, [known]]) => known === name);
  return found ? Number(found[0]) : undefined;
};
