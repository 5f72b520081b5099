/** Something wrong with a pack or a calendar: where, what, and how to mend it. For the people who write policy. */
export type Finding = {
  readonly file: string;
  readonly kind:
    | 'not-a-pack' | 'not-a-law' | 'not-a-calendar' | 'missing-translation' | 'wrong-language' | 'doubled-id' | 'doubled-word' | 'unreachable-rule' | 'last-rule-conditional' | 'no-remedy'
    | 'foreign-address' | 'nowhere-to-post' | 'not-a-number' | 'not-a-sender' | 'failing-example' | 'no-note-for-other-regions' | 'impossible-review' | 'credit-never-asked-for'
    | 'step-missing' | 'step-without-work' | 'end-unclear' | 'doubled-field' | 'no-contact-asked' | 'proof-without-documents' | 'confirmations-overlap'
    | 'region-without-law' | 'kept-without-end' | 'unknown-placeholder' | 'placeholder-left-out' | 'broken-text'
    | 'unknown-calendar' | 'overlapping-validity' | 'unknown-currency' | 'question-alone' | 'below-level' | 'no-proof-left' | 'misplaced-file' | 'not-listed' | 'impossible-period' | 'make-up-day-off-weekend';
  /** Where in the file: `eligibility.2`; empty for the whole. */
  readonly at: string;
  readonly says: string;
  readonly mend: string;
};

/** A finding without its file, as the single checks make them. */
export type Fault = Omit<Finding, 'file'>;
export const fault = (kind: Finding['kind'], at: string, says: string, mend: string): Fault => ({ kind, at, says, mend });
