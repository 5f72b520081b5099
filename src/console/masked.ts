/** `••• 42`: enough to know which line is meant, and no more. */
export const maskNumber = (e164: string): string => `••• ${e164.slice(-2)}`;
