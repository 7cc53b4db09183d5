/** A CSS module, bound: joins the module's classes whose names are given and not false. */
export type ClassNames = (...names: (string | false | null | undefined)[]) => string;

export function bindClasses(styles: Readonly<Record<string, string>>): ClassNames {
  return (...names) =>
    names
      .filter((name) => typeof name === 'string')
      .map((name) => styles[name])
      .filter((name) => name !== undefined)
      .join(' ');
}
