export type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without its undefined fields: a schema tells "not given" from "given as undefined". */
export function definedOf<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
