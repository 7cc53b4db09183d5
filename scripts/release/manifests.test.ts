import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { inProject } from '../setup/project.mjs';
import { manifestsOf, writeManifests } from './manifests.mjs';

const own = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as Parameters<typeof manifestsOf>[0]['own'];
const hash = (digit: string) => digit.repeat(64);
const names = {
  a: 'ncp-scheduler-1.2.0.tgz',
  b: 'ncp-scheduler-1.2.0-mac-arm64.dmg',
  c: 'ncp-scheduler-1.2.0-win-x64.exe',
  d: 'ncp-scheduler-1.2.0-linux-x64.tar.gz',
  e: 'ncp-scheduler-1.2.0-mac-arm64.zip',
  f: 'sbom.cdx.json',
  '1': 'ncp-scheduler-1.2.0.mcpb',
};
const sums = Object.entries(names)
  .map(([digit, name]) => `${hash(digit)}  ${name}\n`)
  .join('');
const given = { version: '1.2.0', own, repository: 'kim/ncp-scheduler', sums };
const address = 'https://github.com/kim/ncp-scheduler/releases/download/v1.2.0';

function textOf(end: string, change: Partial<typeof given> = {}): string {
  const found = Object.entries(manifestsOf({ ...given, ...change })).filter(([path]) => path.endsWith(end));
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? '';
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ncp-manifests-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('each manifest has the address and the hash of its own file, and the version', () => {
  const expected = [
    ['Formula/ncp-scheduler.rb', 'a'],
    ['Casks/ncp-scheduler-app.rb', 'b'],
    ['.installer.yaml', 'c'],
    ['bucket/ncp-scheduler.json', 'c'],
    ['PKGBUILD', 'd'],
    ['.SRCINFO', 'd'],
  ] as const;
  for (const [end, digit] of expected) {
    const text = textOf(end).toLowerCase();
    expect(
      [...text.matchAll(/\b[0-9a-f]{64}\b/g)].map(([found]) => found),
      end,
    ).toEqual([hash(digit)]);
    expect(text).toContain('1.2.0');
    if (!end.includes('Casks')) expect(text).toContain(`${address}/${names[digit]}`);
  }
});

test('server.json says how the registry of MCP servers starts the package and the bundle', () => {
  const server = JSON.parse(textOf('mcp/server.json')) as Record<string, unknown>;
  expect(server).toMatchObject({ name: 'io.github.kim/ncp-scheduler', title: 'NCP Scheduler', version: '1.2.0' });
  // The rules of the registry: one slash in the name, a description of 100 characters, and exact versions.
  expect(server['name']).toMatch(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/);
  expect(String(server['description']).length).toBeLessThanOrEqual(100);
  const stdio = { version: '1.2.0', transport: { type: 'stdio' } };
  expect(server['packages']).toMatchObject([
    {
      ...stdio,
      registryType: 'npm',
      identifier: 'ncp-scheduler',
      packageArguments: [{ type: 'positional', value: 'mcp' }],
    },
    { ...stdio, registryType: 'mcpb', identifier: `${address}/${names['1']}`, fileSha256: hash('1') },
  ]);
});

test('the cask knows both processors, or names the only one', () => {
  expect(textOf('-app.rb')).toContain('depends_on arch: :arm64');
  const both = textOf('-app.rb', { sums: `${sums}${hash('0')}  ncp-scheduler-1.2.0-mac-x64.dmg\n` });
  expect(both).toContain(`sha256 arm:   "${hash('b')}",\n         intel: "${hash('0')}"`);
  expect(both).toContain(
    `url "https://github.com/kim/ncp-scheduler/releases/download/v#{version}/ncp-scheduler-#{version}-mac-#{arch}.dmg"`,
  );
  expect(both).not.toContain('depends_on arch');
});

test('a channel whose file the release lacks is left out', () => {
  const paths = Object.keys(manifestsOf({ ...given, sums: `${hash('a')}  ${names.a}\n` }));
  expect(paths).toEqual(['homebrew/Formula/ncp-scheduler.rb', 'mcp/server.json']);
});

test('the three manifests of winget say the same package and version, in the folder of its repository', () => {
  const found = Object.entries(manifestsOf(given)).filter(([path]) => path.startsWith('winget/'));
  expect(found.map(([path]) => path)).toEqual(
    ['', '.locale.en-US', '.installer'].map(
      (part) => `winget/manifests/k/kim/NCPScheduler/1.2.0/kim.NCPScheduler${part}.yaml`,
    ),
  );
  const parsed = found.map(([, text]) => parse(text) as Record<string, unknown>);
  const same = { PackageIdentifier: 'kim.NCPScheduler', PackageVersion: '1.2.0', ManifestVersion: '1.10.0' };
  expect(parsed).toEqual(parsed.map((): unknown => expect.objectContaining(same)));
  expect(parsed.map((one) => one['ManifestType'])).toEqual(['version', 'defaultLocale', 'installer']);
  expect(parsed[0]?.['DefaultLocale']).toBe(parsed[1]?.['PackageLocale']);
  expect(String(parsed[1]?.['ShortDescription']).length).toBeLessThanOrEqual(256);
});

test.skipIf(process.platform === 'win32')(
  'the recipe of the AUR installs the folders of the archive below /usr',
  () => {
    const work = folder();
    writeManifests(work, manifestsOf(given));
    const archive = join(work, 'src/ncp-scheduler-1.2.0-linux-x64');
    for (const path of ['bin', 'share/man', 'lib/ncp-scheduler/resources'])
      mkdirSync(join(archive, path), { recursive: true });
    writeFileSync(join(archive, 'lib/ncp-scheduler/chrome-sandbox'), '');
    writeFileSync(join(archive, 'lib/ncp-scheduler/resources/LICENSE.txt'), 'MIT');
    const script = 'set -e; . "$1"; pkgdir=$2 srcdir=$3; package; echo "$pkgname $pkgver $source $sha256sums"';
    const recipe = join(work, 'aur/ncp-scheduler-bin/PKGBUILD');
    const printed = execFileSync('bash', ['-c', script, 'bash', recipe, join(work, 'pkg'), join(work, 'src')], {
      encoding: 'utf8',
    });
    expect(printed).toBe(`ncp-scheduler-bin 1.2.0 ${address}/${names.d} ${hash('d')}\n`);
    const usr = join(work, 'pkg/usr');
    expect(existsSync(join(usr, 'share/man'))).toBe(true);
    expect(readFileSync(join(usr, 'share/licenses/ncp-scheduler-bin/LICENSE'), 'utf8')).toBe('MIT');
    expect(statSync(join(usr, 'lib/ncp-scheduler/chrome-sandbox')).mode & 0o7777).toBe(0o4755);
  },
);

test.each([
  ['a repository without an owner', { repository: 'ncp-scheduler' }, /must be OWNER\/NAME/],
  ['a name with a space', { sums: `${hash('c')}  NCP Scheduler Setup.exe\n` }, /a name without spaces/],
  ['a short hash', { sums: `abc  ${names.a}\n` }, /SHA-256 hash/],
  [
    'two files for one place',
    { sums: `${sums}${hash('0')}  ncp-scheduler-1.2.0-win-x64-setup.exe\n` },
    /several files/,
  ],
])('%s is refused', (_what, change, message) => {
  expect(() => manifestsOf({ ...given, ...change })).toThrow(message);
});
