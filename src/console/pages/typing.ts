/** How what a person says of themselves is typed, on the phone and from paper. */
export const traits = {
  name: { maxLength: 120, spellcheck: false },
  phone: { maxLength: 40 },
  email: { maxLength: 254, spellcheck: false, autocapitalize: 'none' },
} as const;
