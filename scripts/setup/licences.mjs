// Collects the licences of the packages whose code is bundled: THIRD-PARTY-LICENSES.txt has their texts, NOTICE.txt is the
// list of everything that ships.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inBuild, inProject, readPackage } from './project.mjs';

/** Where each bundle lists its packages; not shipped. */
const listOf = (/** @type {string} */ part) => inBuild('packages', `${part}.json`);
const textsFile = 'THIRD-PARTY-LICENSES.txt';
export const licencesFile = 'NOTICE.txt';

/** The packages that ship as they are, beside the bundles (electron-builder.yml). */
const shippedAsModules = ['@photostructure/sqlite', 'node-gyp-build'];

/** Licences that allow shipping with a notice. A new one needs a decision. */
const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'Python-2.0',
  // date-holidays: the code is ISC, the data need only the attribution that its LICENSE holds.
  '(ISC AND CC-BY-3.0)',
]);

/**
 * Returns a Rolldown plugin that lists the packages of a bundle: of all its modules, also those of which nothing is left
 * after tree shaking, and of its assets, such as fonts.
 * @param {string} part
 * @returns {import('vite').Plugin}
 */
export const bundledPackages = (part) => ({
  name: 'bundled-packages',
  generateBundle(_options, bundle) {
    const assets = Object.values(bundle).flatMap((file) => (file.type === 'asset' ? file.originalFileNames : []));
    const folders = [...this.getModuleIds(), ...assets].flatMap((id) => packageFolder(id) ?? []);
    mkdirSync(dirname(listOf(part)), { recursive: true });
    writeFileSync(listOf(part), JSON.stringify([...new Set(folders)].sort()));
  },
});

/**
 * Returns the folder of the package that a module belongs to, relative to the project, or undefined for our own code.
 * @param {string} id
 */
const packageFolder = (id) => {
  const path = id.replaceAll('\\', '/');
  const at = path.lastIndexOf('node_modules/');
  if (at === -1) return undefined;
  const name = /^(?:@[^/]+\/)?[^/?]+/.exec(path.slice(at + 'node_modules/'.length))?.[0];
  if (name === undefined) return undefined;
  const first = path.indexOf('node_modules/');
  return `${path.slice(first, at)}node_modules/${name}`;
};

/**
 * Writes the file: name, version, licence and the full text of each package.
 * @param {readonly string[]} parts the bundles that ship
 */
export const writeLicences = (parts) => {
  const sections = sectionsOf([...foldersOf(parts), ...shippedAsModules.map((name) => `node_modules/${name}`)]);
  writeFileSync(inBuild(textsFile), textsOf(sections, electronText));
  // Last: its age is the age of the build.
  writeFileSync(inBuild(licencesFile), noticeOf(sections));
};
const electronText = ' The licences of Electron and Chromium are in LICENSE.electron.txt and LICENSES.chromium.html.';

/** Returns the two files for the npm package, which has no Electron; npm itself installs the SQLite binding. */
export const npmLicences = () => {
  const sections = sectionsOf(foldersOf(['headless', 'renderer']));
  return { texts: textsOf(sections, ''), notice: noticeOf(sections, npmForm) };
};

/**
 * Returns the folders of the packages in some bundles.
 * @param {readonly string[]} parts
 */
const foldersOf = (parts) =>
  parts.flatMap((part) => /** @type {string[]} */ (JSON.parse(readFileSync(listOf(part), 'utf8'))));

/** @param {readonly string[]} folders */
const sectionsOf = (folders) => [...new Set(folders)].map((folder) => sectionOf(inProject(folder))).sort();

/**
 * @param {readonly string[]} sections
 * @param {string} more
 */
const textsOf = (sections, more) => {
  const own = readFileSync(inProject('LICENSE'), 'utf8').trim();
  const head = `NCP Scheduler\n\n${own}\n\nNCP Scheduler contains the ${sections.length} packages below.${more}\n`;
  return [head, ...sections].join(`\n${'='.repeat(80)}\n`);
};

/** What the list says of the parts that are no packages of npm, and where the texts are. */
const electronForm = {
  own: 'LICENSE.txt',
  texts: 'THIRD-PARTY-LICENSES.txt',
  parts: [
    'Electron: MIT (LICENSE.electron.txt)',
    'Chromium, Node.js, FFmpeg and the libraries in them: BSD-3-Clause, MIT, LGPL-2.1 and others (LICENSES.chromium.html)',
  ],
};
const npmForm = { own: 'LICENSE', texts: 'THIRD-PARTY-LICENSES.txt.gz', parts: [] };

/**
 * Returns the list of everything that ships, with the file that holds each licence.
 * @param {readonly string[]} sections Of THIRD-PARTY-LICENSES.txt.
 * @param {{ own: string, texts: string, parts: readonly string[] }} [form]
 */
export const noticeOf = (sections, form = electronForm) => {
  const rows = sections.map((section) => {
    const [name = '', licence = ''] = section.split('\n');
    return `${name}: ${licence.replace('Licence: ', '')}`;
  });
  const { version, license } = readPackage();
  return [
    'NOTICE',
    '',
    'What this package contains, with the licence of each part.',
    '',
    `NCP Scheduler ${version}: ${license} (${form.own})`,
    ...form.parts,
    '',
    `Packages of npm (${form.texts}):`,
    ...rows,
    '',
  ].join('\n');
};

/**
 * Returns the part of the file about one package.
 * @param {string} folder
 */
export const sectionOf = (folder) => {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!allowed.has(license)) {
    throw new Error(
      `${name} ${version} is bundled, but its licence ${JSON.stringify(license ?? null)} is not one of ${[...allowed].join(', ')}. ` +
        'Check that it may be shipped, then add it in scripts/setup/licences.mjs, or use another package.',
    );
  }
  const text = textOf(folder) ?? standardText(license, typeof author === 'string' ? author : author?.name);
  if (text === undefined)
    throw new Error(`${name} ${version} is bundled, but contains no text of its licence ${license}.`);
  return `${name} ${version}\nLicence: ${license}\n\n${text.trim()}\n`;
};

/** @param {string} folder */
const textOf = (folder) => {
  const files = readdirSync(folder)
    .filter((name) => /^(licen[cs]es?|copying|notice)([.-].*)?$/i.test(name))
    .sort();
  if (files.length === 0) return undefined;
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
};

/**
 * Returns the standard text for a package without its own, from our own licence file: the texts of MIT differ only in
 * the copyright line.
 * @param {string} license
 * @param {string | undefined} author
 */
const standardText = (license, author) => {
  if (license !== 'MIT') return undefined;
  return readFileSync(inProject('LICENSE'), 'utf8').replace(
    /^Copyright.*$/m,
    `Copyright (c) ${author ?? 'its authors'}`,
  );
};
