/** The digit that completes `digits` (ISO/IEC 7812-1 annex B). */
export const luhnDigit = (digits: string): string => {
  const sum = [...digits].reverse().reduce((total, character, place) => {
    const digit = Number(character);
    const weighed = place % 2 === 0 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return String((10 - (sum % 10)) % 10);
};

/** Does the last digit complete the others? */
export const passesLuhn = (digits: string): boolean => luhnDigit(digits.slice(0, -1)) === digits.at(-1);
