/** The numbers of this version, once: the fields and the sentences that speak of them take them from here. */
export const site = 'station.example';
export const reviewDays = { least: 1, most: 3 };
export const recoverableDays = 7;
export const draftDays = 14;
export const refundWorkingDays = 5;
export const quarantineDays = 90;
