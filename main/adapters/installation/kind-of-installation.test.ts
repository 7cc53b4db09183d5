import { expect, test } from 'vitest';
import { kindOfInstallation, type RunningProgram } from './kind-of-installation.ts';

const of = (program: Partial<RunningProgram>, ...files: readonly string[]) =>
  kindOfInstallation({
    ...{ platform: 'linux', execPath: '/usr/bin/node', appImage: undefined, script: null },
    ...program,
    exists: (path) => files.includes(path),
  });

test.each([
  ['npm', '/usr/local/lib/node_modules/ncp-scheduler'],
  ['npm', '/home/kim/.nvm/versions/node/v24.1.0/lib/node_modules/ncp-scheduler'],
  ['npx', '/home/kim/.npm/_npx/3f2a/node_modules/ncp-scheduler'],
  ['npm-project', '/srv/reports/node_modules/ncp-scheduler'],
])('%s: the package in %s', (kind, folder) => {
  const script = `${folder}/headless/headless.js`;
  expect(of({ script }, `${folder}/package.json`)).toEqual({ kind, path: folder });
});

test('npm on Windows keeps global packages beside its commands', () => {
  const folder = 'C:\\Users\\Kim\\AppData\\Roaming\\npm\\node_modules\\ncp-scheduler';
  const script = `${folder}\\headless\\headless.js`;
  const files = [`${folder}\\package.json`, 'C:\\Users\\Kim\\AppData\\Roaming\\npm\\ncp-scheduler.cmd'];
  expect(of({ platform: 'win32', script }, ...files)).toEqual({ kind: 'npm', path: folder });
  expect(of({ platform: 'win32', script }, files[0] ?? '')).toMatchObject({ kind: 'npm-project' });
});

test('a clone runs the build in out/, or the app that it packaged', () => {
  expect(of({ script: '/home/kim/ncp/out/headless/headless.js' })).toEqual({ kind: 'clone', path: '/home/kim/ncp' });
  const execPath = '/home/kim/ncp/dist/linux-unpacked/ncp-scheduler';
  expect(of({ execPath }, '/home/kim/ncp/electron-builder.yml')).toEqual({ kind: 'clone', path: '/home/kim/ncp' });
});

test('packages of the system, an AppImage and an app elsewhere', () => {
  const execPath = '/opt/NCP Scheduler/ncp-scheduler';
  expect(of({ execPath }, '/var/lib/dpkg/info/ncp-scheduler.list').kind).toBe('deb');
  expect(of({ execPath }).kind).toBe('rpm');
  expect(of({ execPath: '/tmp/.mount_x/ncp', appImage: '/home/kim/NCP.AppImage' })).toEqual({
    kind: 'appimage',
    path: '/home/kim/NCP.AppImage',
  });
  const mac = '/Applications/NCP Scheduler.app/Contents/MacOS/NCP Scheduler';
  expect(of({ platform: 'darwin', execPath: mac }).kind).toBe('app');
  expect(of({ execPath: '/home/kim/apps/ncp-scheduler-0.2.0/ncp-scheduler' }).kind).toBe('app');
});
