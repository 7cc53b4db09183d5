/** Binds a CSS module. The returned function joins the classes of the given names and skips false values. */
export type ClassNames = (...names: (string | false | null | undefined)[]) => string;

export function bindClasses(styles: Readonly<Record<string, string>>): ClassNames {
  return (...names) =>
    names
      .filter((name) => typeof name === 'string')
      .map((name) => styles[name])
      .filter((name) => name !== undefined)
      .join(' ');
}
