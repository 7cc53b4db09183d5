import { releasesIn } from '../setup/changelog.mjs';

/**
 * Returns the notes of a release from the changelog.
 * @param {string} tag Such as `v1.2.0`.
 * @param {string} version The version of package.json.
 * @param {string} changelog
 */
export const notesOf = (tag, version, changelog) => {
  if (tag !== `v${version}`)
    throw new Error(
      `The tag ${tag} does not belong to version ${version} of package.json. Tag the release v${version}.`,
    );
  const release = releasesIn(changelog).find((one) => one.version === version);
  if (release === undefined)
    throw new Error(`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD". Rename "Unreleased" to it.`);
  if (release.notes === '') throw new Error(`The section of ${version} in CHANGELOG.md is empty.`);
  return release.notes;
};
