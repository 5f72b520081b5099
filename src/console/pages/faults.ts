import type { Fault } from '../../design/index.ts';

/** What is wrong with one field, if anything. */
export const faultOf = (faults: readonly Fault[], id: string): string | undefined => faults.find((fault) => fault.id === id)?.says;
