// Reads CHANGELOG.md, for the list of releases of an app store and for the notes of a release.

/**
 * @typedef {object} Release
 * @property {string} version
 * @property {string} date Such as `2026-11-28`.
 * @property {string} notes The text below the heading.
 */

/**
 * Returns the released versions, newest first.
 * @param {string} changelog
 * @returns {Release[]}
 */
export const releasesIn = (changelog) => {
  const sections = changelog.split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const [, version, date] = /^(\d+\.\d+\.\d+\S*) - (\d{4}-\d\d-\d\d)\n/.exec(section) ?? [];
    if (version === undefined || date === undefined) return [];
    return [{ version, date, notes: section.slice(section.indexOf('\n') + 1).trim() }];
  });
};
