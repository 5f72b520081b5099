/** How many inputs a codec is tried with: a few seconds' worth in `npm test`, all of them with SIGNOFF_FUZZ=100000. */
export const fuzzRuns = (few: number): { readonly numRuns: number } => ({ numRuns: Number(process.env['SIGNOFF_FUZZ'] ?? few) });
