import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { expect, test } from '@playwright/test';
import { findProgram } from '../../scripts/setup/command.mjs';
import { layOut } from '../../scripts/linux/tree.mjs';
import { libraries } from '../../scripts/linux/deb.mjs';
import { executablePath } from '../fixtures/packaged-app.ts';

// One worker: each would lay out a tree of 235 MB.
test.describe.configure({ mode: 'default' });

let tree = '';

test.beforeAll(() => {
  test.skip(process.platform !== 'linux', 'packages for Linux are made on Linux');
  tree = mkdtempSync(join(tmpdir(), 'ncp-tree-'));
  layOut(dirname(executablePath), tree);
});
test.afterAll(() => rmSync(tree, { recursive: true, force: true }));

const output = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });

test('the installed program, its desktop file, manual page and completions are valid', () => {
  expect(output(join(tree, 'bin/ncp-scheduler'), '--version')).toMatch(/^\d+\.\d+\.\d+/);
  const share = join(tree, 'share');
  expect(output('desktop-file-validate', join(share, 'applications/ncp-scheduler.desktop'))).toBe('');
  expect(output('zcat', join(share, 'man/man1/ncp-scheduler.1.gz'))).toContain('.TH NCP-SCHEDULER 1');
  output('bash', '-n', join(share, 'bash-completion/completions/ncp-scheduler'));
  output('zsh', '-n', join(share, 'zsh/site-functions/_ncp-scheduler'));
  output('fish', '-n', join(share, 'fish/vendor_completions.d/ncp-scheduler.fish'));
});

test('software centres can read the AppStream data', () => {
  test.skip(findProgram('appstreamcli') === undefined, 'needs appstreamcli (Debian: appstream)');
  const file = join(tree, 'share/metainfo/org.ncp_scheduler.app.metainfo.xml');
  // Fails for errors and warnings.
  output('appstreamcli', 'validate', '--no-net', file);
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    version: string;
  };
  expect(readFileSync(file, 'utf8')).toContain(`<release version="${version}"`);
});

test('the package depends on every library that the app links to', () => {
  test.skip(
    findProgram('dpkg-query') === undefined || findProgram('readelf') === undefined,
    'needs dpkg-query and readelf (Debian: binutils)',
  );
  const app = join(tree, 'lib/ncp-scheduler');
  const programs = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(ncp-scheduler|chrome[^/.]*|[^/]+\.so(\.\d+)?)$|\.node$/.test(file),
  );
  expect(programs.length).toBeGreaterThan(5);
  const needed = packagesOf(programs.flatMap((file) => librariesOf(join(app, file))));
  const declared = new Set(libraries.flatMap((line) => line.split(' | ').map((name) => name.split(' ')[0])));
  expect(needed.length).toBeGreaterThan(20);
  expect(needed.filter((name) => !declared.has(name))).toEqual([]);
});

/** Returns the paths of the libraries that a program names itself, without those that they need in turn. */
function librariesOf(program: string): string[] {
  const names = [...output('readelf', '--dynamic', program).matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name);
  const found = [...output('ldd', program).matchAll(/^\s*(\S+) => (\/\S+) \(/gm)];
  return found.flatMap(([, name, path = '']) => (names.includes(name) && !path.startsWith(tree) ? [path] : []));
}

/** Returns the names of the Debian packages that own these files. */
function packagesOf(paths: readonly string[]): string[] {
  // Merged /usr: dpkg knows a file by the path in its package, with or without /usr, and fails for the other one.
  const both = [...new Set(paths)].flatMap((path) => [path, path.startsWith('/usr/') ? path.slice(4) : `/usr${path}`]);
  const { stdout } = spawnSync('dpkg-query', ['--search', ...both], { encoding: 'utf8' });
  return [...new Set([...stdout.matchAll(/^([^:,\s]+)(?::\S+)?: \//gm)].map(([, name = '']) => name))];
}
