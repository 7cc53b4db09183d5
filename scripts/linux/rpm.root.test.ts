import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { findProgram, isRoot } from '../setup/command.mjs';
import { makeRpm } from './rpm.mjs';

// rpm itself installs, updates and erases the package, in a root of its own. Its scripts would need a shell in there: the
// .deb has the same ones, and deb.root.test.ts runs them.

let work = '';
let rpm = '';

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ncp-rpm-'));
  if (!isRoot() || findProgram('rpmbuild') === undefined) return;
  const app = join(work, 'app');
  mkdirSync(join(app, 'resources'), { recursive: true });
  for (const program of ['ncp-scheduler', 'chrome-sandbox']) {
    writeFileSync(join(app, program), '#!/bin/sh\necho 0.0.0\n');
    chmodSync(join(app, program), 0o700);
  }
  writeFileSync(join(app, 'resources/LICENSE.txt'), 'MIT License\n');
  writeFileSync(join(app, 'resources/NOTICE.txt'), 'NOTICE\n');
  rpm = makeRpm(app, work, { compression: 'w0.gzdio' });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const output = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function needsRpm(context: TestContext): void {
  if (!isRoot()) context.skip('installing a package needs root');
  if (rpm === '') context.skip('this machine has no rpmbuild (Debian package rpm)');
}

/** Every file with its mode, without rpm's own. */
const filesOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('var'))
    .map((path) => `${path} ${lstatSync(join(root, path)).mode.toString(8)}`)
    .sort();

test('rpm installs the package, installs it again over itself, and leaves nothing when it goes', (context) => {
  needsRpm(context);
  const root = mkdtempSync(join(work, 'root-'));
  const inRoot = (...args: string[]) => output('rpm', [`--root=${root}`, '--nodeps', '--noscripts', ...args]);
  inRoot('-Uvh', rpm);
  const installed = filesOf(root);
  const names = installed.map((line) => line.split(' ')[0]);
  for (const path of [
    'usr/bin/ncp-scheduler',
    'usr/lib/ncp-scheduler/resources/LICENSE.txt',
    'usr/share/applications/ncp-scheduler.desktop',
    'usr/share/man/man1/ncp-scheduler.1.gz',
    'usr/share/zsh/site-functions/_ncp-scheduler',
  ])
    expect(names).toContain(path);
  expect(installed.filter((line) => / 1047\d\d$/.test(line))).toEqual(['usr/lib/ncp-scheduler/chrome-sandbox 104755']);
  expect(output(join(root, 'usr/bin/ncp-scheduler'), [])).toBe('0.0.0\n');
  inRoot('-Uvh', '--force', rpm);
  expect(filesOf(root)).toEqual(installed);
  inRoot('-e', 'ncp-scheduler');
  expect(filesOf(root).filter((line) => line.includes('ncp'))).toEqual([]);
});

test('an update runs neither the script of a removal nor the one after it', (context) => {
  needsRpm(context);
  const scripts = output('rpm', ['-qp', '--scripts', rpm]);
  const named = new Map(
    [...scripts.matchAll(/^(\w+) scriptlet \(using \/bin\/sh\):\n([^]*?)(?=^\w+ scriptlet|$(?![^]))/gm)].map(
      ([, name = '', script = '']) => [name, script],
    ),
  );
  expect([...named.keys()].sort()).toEqual(['postinstall', 'postuninstall', 'preuninstall']);
  for (const [name, script] of named) {
    writeFileSync(join(work, name), script);
    output('sh', ['-n', join(work, name)]);
  }
  // With 1, rpm says that a version stays.
  for (const name of ['preuninstall', 'postuninstall']) expect(output('sh', [join(work, name), '1'])).toBe('');
});
