declare const checkedAs: unique symbol;

/** Text that has been through its parser. Only the parser of `Name` makes one; inside, the type is trusted. */
export type Checked<Name extends string> = string & { readonly [checkedAs]: Name };
