/** The numbers of this version, once: the fields and the sentences that speak of them take them from here. */
export const site = 'esim.example';
export const phone = '+1 505 555 0100';
export const reviewDays = { least: 2, most: 10 };
export const recoverableDays = 14;
export const draftDays = 21;
export const refundWorkingDays = 10;
export const quarantineDays = 90;
