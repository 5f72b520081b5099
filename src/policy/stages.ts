/** The pages between preparation and the last look, for one pack: what it does not ask for is no page. Pure. */
import type { Pack } from './pack.ts';

export const stageNames = ['preparation', 'account', 'application', 'device', 'outside-accounts', 'credit', 'agreements', 'consequences', 'check'] as const;
export type StageName = (typeof stageNames)[number];

/** Fields of the application's form, in the order of its pages. Names stand in sealed drafts. */
export const formFields = [
  'account', 'reason', 'name', 'phone', 'email', 'documentKind', 'document', 'endsOn', 'deviceModel', 'imei', 'eid', 'outside', 'creditChoice', 'transferTo', 'agreements', 'acknowledged',
] as const;
export type FormField = (typeof formFields)[number];

const fieldsOf: Record<StageName, readonly FormField[]> = {
  preparation: [],
  account: ['account'],
  application: ['reason', 'name', 'phone', 'email', 'documentKind', 'document', 'endsOn'],
  device: ['deviceModel', 'imei', 'eid'],
  'outside-accounts': ['outside'],
  credit: ['creditChoice', 'transferTo'],
  agreements: ['agreements'],
  consequences: ['acknowledged'],
  check: [],
};

const wanted: Record<StageName, (pack: Pack) => boolean> = {
  preparation: () => true,
  account: (pack) => pack.identity.confirmAccount,
  application: () => true,
  device: (pack) => pack.identity.device,
  'outside-accounts': (pack) => pack.outsideAccounts.length > 0,
  credit: (pack) => pack.settlement.choices.length > 0,
  agreements: (pack) => pack.agreements.length > 0,
  consequences: () => true,
  check: () => true,
};

/** Whether this pack asks for the field on any of its pages: what it does not ask for is not kept. */
export const isAsked = (pack: Pack, field: FormField): boolean => {
  switch (field) {
    case 'name':
    case 'phone':
    case 'email':
      return pack.form.some((one) => one.field === field);
    case 'endsOn':
      return pack.end.chosen !== undefined;
    default:
      return stagesOf(pack).includes(stageOf(field));
  }
};

export const stagesOf = (pack: Pack): StageName[] => stageNames.filter((name) => wanted[name](pack));
export const stageOf = (field: FormField): StageName => stageNames.find((name) => fieldsOf[name].includes(field)) ?? 'check';

/** Where a stage stands, counted from 1, and its neighbours. */
export const placeOf = (pack: Pack, name: StageName): { readonly at: number; readonly of: number; readonly before?: StageName; readonly next?: StageName } => {
  const stages = stagesOf(pack);
  const index = stages.indexOf(name);
  const [before, next] = [stages[index - 1], stages[index + 1]];
  return { at: index + 1, of: stages.length, ...(before === undefined ? {} : { before }), ...(next === undefined ? {} : { next }) };
};
