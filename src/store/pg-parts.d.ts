/** What of the driver's insides a volley is made with. */
declare module 'pg/lib/utils.js' {
  const utils: { prepareValue(value: unknown): Buffer | string | null };
  export default utils;
}
declare module 'pg/lib/result.js' {
  type Field = { readonly name: string; readonly dataTypeID: number };
  export default class Result {
    addFields(fields: readonly Field[]): void;
    parseRow(fields: readonly (string | null)[]): object;
  }
}
