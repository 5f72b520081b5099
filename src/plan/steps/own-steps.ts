import { ownStep } from '../step.ts';

/** The number goes into the quarantine ledger; nobody gets it before its day. */
export const quarantineNumber = ownStep({ name: 'quarantine-number', after: ['remove-subscriber'], phase: 'final', wanted: () => true });

/** Contacts, messages and call records are deleted, now that nothing can bring the line back. */
export const eraseRecords = ownStep({ name: 'erase-records', after: ['confirm-silence'], phase: 'final', wanted: () => true });

/** Nobody signs in any more, unless the subscriber has another line that lives. The case stays readable by its number and a code. */
export const closeAccount = ownStep({ name: 'close-account', after: ['confirm-silence'], phase: 'final', wanted: () => true });

/** The case is cancelled and the certificate signed over its journal, in one transaction. */
export const issueCertificate = ownStep({ name: 'issue-certificate', after: ['confirm-silence', 'refund-credit', 'erase-records', 'close-account'], phase: 'final', wanted: () => true });

/** Queued in the transaction that says it is over; sent by the notices worker to a contact that still works. */
export const tellSubscriber = ownStep({ name: 'tell-subscriber', after: ['issue-certificate'], phase: 'final', wanted: () => true });
