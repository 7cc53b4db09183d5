import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { findProgram, isRoot } from '../setup/command.mjs';
import { makeDeb } from './deb.mjs';

// dpkg itself installs, upgrades and purges the package, in a root of its own.

let work = '';
let deb = '';

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ncp-deb-'));
  if (!isRoot() || findProgram('dpkg-deb') === undefined) return;
  deb = makeDeb(smallApp(), work, { compression: ['-Znone'] });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** An app with the files that the package treats specially, and none of the 235 MB of Electron. */
function smallApp(): string {
  const app = join(work, 'app');
  mkdirSync(join(app, 'resources'), { recursive: true });
  for (const program of ['ncp-scheduler', 'chrome-sandbox']) {
    writeFileSync(join(app, program), '#!/bin/sh\necho 0.0.0\n');
    chmodSync(join(app, program), 0o700);
  }
  writeFileSync(join(app, 'resources/LICENSE.txt'), 'MIT License\n');
  writeFileSync(join(app, 'resources/NOTICE.txt'), 'NOTICE\n\nleft 1.2.3: ISC\n');
  return app;
}

/** Skips where dpkg cannot install. Returns an empty root and a way to run dpkg on it. */
function emptyRoot(context: TestContext) {
  if (!isRoot()) context.skip('installing a package needs root');
  if (findProgram('dpkg') === undefined) context.skip('this machine has no dpkg');
  const root = mkdtempSync(join(work, 'root-'));
  put(root, 'var/lib/dpkg/status', '');
  for (const folder of ['info', 'updates']) mkdirSync(join(root, 'var/lib/dpkg', folder));
  put(
    root,
    'etc/passwd',
    'root:x:0:0:root:/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\nben:x:1001:1001::/home/ben:/bin/sh\n',
  );
  const dpkg = (args: string[], path = process.env['PATH']): string =>
    execFileSync('dpkg', [`--root=${root}`, '--force-script-chrootless', '--force-depends', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', PATH: path },
    });
  return { root, dpkg };
}

function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Every file with its mode, without dpkg's own. */
const filesOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('var/lib/dpkg'))
    .map((path) => `${path} ${lstatSync(join(root, path)).mode.toString(8)}`)
    .sort();

test('the package holds what a desktop, a shell and a software centre look for', (context) => {
  const { root, dpkg } = emptyRoot(context);
  dpkg(['-i', deb]);
  const expected = [
    'usr/bin/ncp-scheduler',
    'usr/lib/ncp-scheduler/apparmor-profile',
    'usr/lib/ncp-scheduler/resources/LICENSE.txt',
    'usr/share/applications/ncp-scheduler.desktop',
    'usr/share/bash-completion/completions/ncp-scheduler',
    'usr/share/doc/ncp-scheduler/copyright',
    'usr/share/fish/vendor_completions.d/ncp-scheduler.fish',
    'usr/share/icons/hicolor/256x256/apps/ncp-scheduler.png',
    'usr/share/man/man1/ncp-scheduler.1.gz',
    'usr/share/metainfo/org.ncp_scheduler.app.metainfo.xml',
    'usr/share/zsh/vendor-completions/_ncp-scheduler',
  ];
  const files = filesOf(root).map((line) => line.split(' ')[0]);
  expect(expected.filter((path) => !files.includes(path))).toEqual([]);
  expect(execFileSync(join(root, 'usr/bin/ncp-scheduler'), { encoding: 'utf8' })).toBe('0.0.0\n');
  expect(files.filter((path) => path?.includes('autostart'))).toEqual([]);
  const copyright = readFileSync(join(root, 'usr/share/doc/ncp-scheduler/copyright'), 'utf8');
  expect(copyright).toMatch(/^MIT License$[^]*^left 1\.2\.3: ISC$/m);
  expect(readFileSync(join(root, 'usr/lib/ncp-scheduler/resources/package-type'), 'utf8')).toBe('deb');
});

test('files belong to root, all can read them, and only the sandbox helper is setuid', (context) => {
  const { root, dpkg } = emptyRoot(context);
  dpkg(['-i', deb]);
  const facts = filesOf(join(root, 'usr')).map((line) => {
    const [path = '', mode = ''] = line.split(' ');
    return { path, mode, uid: lstatSync(join(root, 'usr', path)).uid };
  });
  expect(facts.filter(({ uid }) => uid !== 0)).toEqual([]);
  expect(facts.filter(({ mode }) => !/^(40755|100644|100755|120777)$/.test(mode))).toEqual([
    { path: 'lib/ncp-scheduler/chrome-sandbox', mode: '104755', uid: 0 },
  ]);
});

test('a purge leaves the machine as it was, with the files of its people', (context) => {
  const { root, dpkg } = emptyRoot(context);
  put(root, 'home/anna/.ncp/scheduler/schedule.json', '{}');
  put(root, 'home/anna/.config/systemd/user/ncp-scheduler-daily-9am.timer', '[Timer]\n');
  put(root, 'etc/apparmor.d/local/ncp-scheduler', '# mine\n');
  const before = filesOf(root);
  dpkg(['-i', deb]);
  expect(filesOf(root)).not.toEqual(before);
  const printed = dpkg(['--purge', 'ncp-scheduler']);
  // dpkg keeps folders that others may use.
  const kept = /^(usr|usr\/(bin|lib|share)) 40755$/;
  expect(filesOf(root).filter((line) => !kept.test(line))).toEqual(before.filter((line) => !kept.test(line)));
  expect(printed).toContain("these users still have tasks that the system's scheduler starts: anna.");
  expect(dpkg(['-l']).includes('ncp-scheduler')).toBe(false);
});

test('a removal where nobody has tasks says nothing, and an upgrade is not a removal', (context) => {
  const { root, dpkg } = emptyRoot(context);
  dpkg(['-i', deb]);
  put(root, 'var/spool/cron/crontabs/ben', '0 9 * * * /usr/lib/ncp-scheduler/ncp-scheduler _timing-run daily-9am\n');
  expect(dpkg(['-i', deb])).not.toContain('these users');
  rmSync(join(root, 'var/spool'), { recursive: true });
  expect(dpkg(['--remove', 'ncp-scheduler'])).not.toContain('these users');
});

test('the AppArmor profile is installed only where AppArmor knows its rules, and goes with the package', (context) => {
  const { root, dpkg } = emptyRoot(context);
  const programs = join(root, 'programs');
  put(root, 'programs/apparmor_parser', '#!/bin/sh\nexit 1\n');
  chmodSync(join(programs, 'apparmor_parser'), 0o755);
  const profile = join(root, 'etc/apparmor.d/ncp-scheduler');
  const path = `${programs}:${process.env['PATH'] ?? ''}`;
  dpkg(['-i', deb], path);
  expect(existsSync(profile)).toBe(false);
  put(root, 'programs/apparmor_parser', '#!/bin/sh\ngrep -q userns, "$3"\n');
  dpkg(['-i', deb], path);
  expect(readFileSync(profile, 'utf8')).toContain('profile ncp-scheduler /usr/lib/ncp-scheduler/ncp-scheduler');
  dpkg(['--remove', 'ncp-scheduler'], path);
  expect(existsSync(profile)).toBe(false);
});

test('the maintainer scripts are valid for a plain shell', (context) => {
  if (deb === '') context.skip('needs root and dpkg-deb');
  const control = join(work, 'control');
  execFileSync('dpkg-deb', ['--control', deb, control]);
  expect(readdirSync(control).sort()).toEqual(['control', 'md5sums', 'postinst', 'postrm', 'prerm']);
  for (const script of ['postinst', 'postrm', 'prerm']) execFileSync('sh', ['-n', join(control, script)]);
});
