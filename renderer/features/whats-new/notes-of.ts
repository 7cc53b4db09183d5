/**
 * Returns the part of CHANGELOG.md about a version, as Markdown; null if there is none. A build of a version that is not
 * released yet shows the notes of the next one.
 */
export function notesOf(changelog: string, version: string): string | null {
  const sections = changelog.split(/^## /m).slice(1);
  const isAbout = (section: string, heading: string) => section.split(/[ \n]/, 1)[0] === heading;
  const found =
    sections.find((section) => isAbout(section, version)) ?? sections.find((section) => isAbout(section, 'Unreleased'));
  return found?.slice(found.indexOf('\n')).trim() ?? null;
}
