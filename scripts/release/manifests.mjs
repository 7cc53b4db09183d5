// Writes the manifests for Homebrew, winget, Scoop, the AUR and the registry of MCP servers from the hashes of a release: one source for all of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aurFiles } from './channels/aur.mjs';
import { homebrewFiles } from './channels/homebrew.mjs';
import { mcpFiles } from './channels/mcp.mjs';
import { scoopFiles, wingetFiles } from './channels/windows.mjs';

/**
 * @typedef {object} ReleasedFile
 * @property {string} name
 * @property {string} url
 * @property {string} sha256 64 lower-case hex digits.
 */

/**
 * @typedef {object} ReleaseFacts
 * @property {string} name Such as `ncp-scheduler`.
 * @property {string} productName
 * @property {string} version
 * @property {string} description One sentence, without a full stop.
 * @property {string} license SPDX.
 * @property {string} author
 * @property {string} owner The owner of the repository on GitHub.
 * @property {string} homepage
 * @property {string} releases Address of the files of every version, up to the tag.
 */

/**
 * @typedef {object} Release
 * @property {ReleaseFacts} facts
 * @property {(part: string, ending: string) => ReleasedFile | null} file The one file whose name contains a part and
 *   has the ending; null if there is none. Throws if there are several.
 */

/**
 * Returns the text of each manifest by its path. A channel whose file is not in the release is left out.
 * @param {{ version: string, own: { name: string, productName?: string, license: string, author: string, description: string }, repository: string, sums: string }} options `own`:
 *   package.json. `repository`: `OWNER/NAME` on GitHub. `sums`: the lines of SHA256SUMS.
 * @returns {Record<string, string>}
 */
export const manifestsOf = ({ version, own, repository, sums }) => {
  const [owner, project, ...rest] = repository.split('/');
  if (!owner || !project || rest.length > 0) throw new Error(`The repository ${repository} must be OWNER/NAME.`);
  const homepage = `https://github.com/${repository}`;
  const releases = `${homepage}/releases/download`;
  const { name, productName = name, license, author } = own;
  const description = own.description.replace(/\.$/, '');
  const facts = { name, productName, version, description, license, author, owner, homepage, releases };
  const files = filesOf(sums, `${releases}/v${version}`);
  /** @type {Release['file']} */
  const file = (part, ending) => fileOf(files, part, ending);
  const release = { facts, file };
  return {
    ...homebrewFiles(release),
    ...wingetFiles(release),
    ...scoopFiles(release),
    ...aurFiles(release),
    ...mcpFiles(release),
  };
};

/**
 * Writes them, and returns their paths.
 * @param {string} folder
 * @param {Record<string, string>} manifests
 */
export const writeManifests = (folder, manifests) =>
  Object.entries(manifests).map(([path, text]) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  });

/**
 * @param {string} sums
 * @param {string} address
 * @returns {ReleasedFile[]}
 */
const filesOf = (sums, address) =>
  sums
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, sha256, name] = /^([0-9a-f]{64}) [ *]([\w.+~-]+)$/.exec(line) ?? [];
      if (sha256 === undefined || name === undefined)
        throw new Error(
          `SHA256SUMS has the line "${line}". It must be a SHA-256 hash, two spaces and a name without spaces.`,
        );
      return { name, sha256, url: `${address}/${name}` };
    });

/**
 * @param {readonly ReleasedFile[]} files
 * @param {string} part
 * @param {string} ending
 */
const fileOf = (files, part, ending) => {
  const found = files.filter(({ name }) => name.includes(part) && name.endsWith(ending));
  if (found.length > 1)
    throw new Error(`SHA256SUMS has several files for ${part}${ending}: ${found.map(({ name }) => name).join(', ')}.`);
  return found[0] ?? null;
};
