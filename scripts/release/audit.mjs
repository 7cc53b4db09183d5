/**
 * @typedef {object} Advisory
 * @property {string} name
 * @property {string} severity
 * @property {readonly unknown[]} via Names of packages, and advisories with a title and an address.
 */

/**
 * Returns one line for each advisory about a package whose code ships. `npm audit` alone cannot tell: libraries are
 * bundled, so they are devDependencies, as are tools that never ship.
 * @param {{ vulnerabilities?: Record<string, Advisory>, message?: string }} audit The answer of `npm audit --json`.
 * @param {ReadonlySet<string>} shipped Names of packages.
 */
export const advisoriesOfShipped = (audit, shipped) => {
  if (audit.vulnerabilities === undefined)
    throw new Error(`npm audit gave no list of advisories: ${audit.message ?? 'its answer has no "vulnerabilities"'}.`);
  return Object.values(audit.vulnerabilities)
    .filter(({ name }) => shipped.has(name))
    .map(({ name, severity, via }) => {
      const titles = via.flatMap((one) =>
        typeof one === 'object' && one !== null && 'title' in one && 'url' in one
          ? [`${String(one.title)} ${String(one.url)}`]
          : [],
      );
      return `${name} (${severity}): ${titles.join('; ') || `by ${via.join(', ')}`}`;
    });
};

/**
 * Returns the names of packages from their folders: `node_modules/a/node_modules/@b/c` is `@b/c`.
 * @param {readonly string[]} folders
 */
export const namesOf = (folders) => new Set(folders.map((folder) => folder.split('node_modules/').at(-1) ?? folder));
