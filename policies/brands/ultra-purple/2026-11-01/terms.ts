/** The numbers of this version, once: the fields and the sentences that speak of them take them from here. */
export const site = 'ultra-purple.example';
export const reviewDays = { least: 3, most: 7 };
export const recoverableDays = 7;
export const draftDays = 14;
export const refundWorkingDays = 3;
export const quarantineDays = 90;
export const cleanUpFeeMinor = 300;
export const cleanUpFee = 'US$3.00';
