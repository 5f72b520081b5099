/** The numbers by which the carriers differ; each pack gives its own. Days unless it says otherwise. */
export type Terms = {
  readonly carrierName: string;
  readonly reviewDays: { readonly least: number; readonly most: number };
  readonly confirmationHours: number;
  readonly recoverableDays: number;
  readonly draftDays: number;
  readonly refundWorkingDays: number;
  readonly quarantineDays: number;
};
