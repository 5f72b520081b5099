/** The numbers of this version, once: the fields and the sentences that speak of them take them from here. */
export const site = 'ultra-us.example';
export const reviewDays = { least: 0, most: 2 };
/** A number that gets codes is given up when its accounts have moved. */
export const chosenDays = { earliestDays: 1, latestDays: 60 };
export const recoverableDays = 3;
export const draftDays = 14;
export const refundWorkingDays = 5;
/** Between the 45 and 90 days that US rules leave for a residential number (47 CFR 52.15). */
export const quarantineDays = 60;
