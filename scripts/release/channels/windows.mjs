import { stringify } from 'yaml';

/** @typedef {import('../manifests.mjs').Release} Release */

/** The newest manifest that every winget of Windows 11 reads. */
const manifestVersion = '1.10.0';

/**
 * Returns winget's three manifests of the Windows installer, in the folder where its repository keeps them.
 * @param {Release} release
 * @returns {Record<string, string>}
 */
export const wingetFiles = ({ facts, file }) => {
  const installer = file('-win-x64', '.exe');
  if (installer === null) return {};
  const id = `${facts.owner}.${facts.productName.replaceAll(' ', '')}`;
  const folder = `winget/manifests/${facts.owner.slice(0, 1).toLowerCase()}/${id.replace('.', '/')}/${facts.version}`;
  const head = { PackageIdentifier: id, PackageVersion: facts.version };
  const write = (/** @type {string} */ type, /** @type {Record<string, unknown>} */ fields) =>
    `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.${manifestVersion}.schema.json\n\n${stringify(
      {
        ...{ ...head, ...fields },
        ...{ ManifestType: type, ManifestVersion: manifestVersion },
      },
    )}`;
  return {
    [`${folder}/${id}.yaml`]: write('version', { DefaultLocale: 'en-US' }),
    [`${folder}/${id}.locale.en-US.yaml`]: write('defaultLocale', {
      PackageLocale: 'en-US',
      Publisher: facts.author,
      PublisherUrl: facts.homepage,
      PackageName: facts.productName,
      PackageUrl: facts.homepage,
      License: facts.license,
      ShortDescription: facts.description,
      Moniker: facts.name,
      Tags: ['cron', 'mcp', 'scheduler', 'tasks'],
      ReleaseNotesUrl: `${facts.homepage}/releases/tag/v${facts.version}`,
    }),
    [`${folder}/${id}.installer.yaml`]: write('installer', {
      InstallerType: 'nullsoft',
      Scope: 'user',
      InstallModes: ['interactive', 'silent'],
      UpgradeBehavior: 'install',
      Installers: [
        { Architecture: 'x64', InstallerUrl: installer.url, InstallerSha256: installer.sha256.toUpperCase() },
      ],
    }),
  };
};

/**
 * Returns Scoop's manifest. It unpacks the installer, and runs none of it.
 * @param {Release} release
 * @returns {Record<string, string>}
 */
export const scoopFiles = ({ facts, file }) => {
  const installer = file('-win-x64', '.exe');
  if (installer === null) return {};
  const manifest = {
    version: facts.version,
    description: facts.description,
    homepage: facts.homepage,
    license: facts.license,
    notes: `Before you uninstall it, remove its tasks from Task Scheduler: ${facts.name} uninstall`,
    architecture: {
      '64bit': {
        url: `${installer.url}#/dl.7z`,
        hash: installer.sha256,
        pre_install: [
          'Expand-7zipArchive "$dir\\`$PLUGINSDIR\\app-64.7z" "$dir"',
          'Remove-Item "$dir\\`$PLUGINSDIR", "$dir\\Uninstall*" -Force -Recurse -ErrorAction SilentlyContinue',
        ],
      },
    },
    bin: `${facts.name}.exe`,
    shortcuts: [[`${facts.name}.exe`, facts.productName]],
    checkver: { github: facts.homepage },
    autoupdate: {
      architecture: {
        '64bit': { url: `${facts.releases}/v$version/${facts.name}-$version-win-x64.exe#/dl.7z` },
      },
    },
  };
  return { [`scoop/bucket/${facts.name}.json`]: `${JSON.stringify(manifest, null, 4)}\n` };
};
