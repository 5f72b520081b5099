/** The numbers of this version, once: the fields and the sentences that speak of them take them from here. */
export const site = 'ur-4g.example';
export const phone = '+1 303 555 0100';
export const reviewDays = { least: 1, most: 5 };
export const recoverableDays = 5;
export const draftDays = 30;
export const refundWorkingDays = 7;
export const quarantineDays = 90;
export const registrationYears = 2;
