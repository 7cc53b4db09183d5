import { expect, test } from 'vitest';
import type { Installation } from '../../ports/installation.ts';
import { memoryService } from '../../testing/memory-service.ts';
import { checkInstallation, checkService } from './check-installation.ts';

const checked = (installation: Partial<Installation>) =>
  checkInstallation({
    service: () => Promise.resolve(memoryService()),
    installation: () =>
      Promise.resolve({ kind: 'npm', path: '/opt/ncp', launcherProblem: () => null, ...installation }),
  });

test('an installation that can start the program is not mentioned', async () => {
  expect(await checked({})).toEqual([]);
});

test('a package in the cache of npx is reported, with the command that installs it', async () => {
  const [check] = await checked({ kind: 'npx', path: '/home/kim/.npm/_npx/1/node_modules/ncp-scheduler' });
  expect(check).toMatchObject({ id: 'installation/npx', status: 'warning', fixable: false });
  expect(check?.message).toContain('npm install -g ncp-scheduler');
});

test('a launcher that can be written again is a problem, failed starts are a warning', async () => {
  const missing = { message: 'launcher.sh is missing.', fixable: true };
  expect(await checked({ launcherProblem: () => missing })).toMatchObject([{ status: 'problem', fixable: true }]);
  const failed = { message: 'One start failed.', fixable: false };
  expect(await checked({ launcherProblem: () => failed })).toMatchObject([
    { status: 'warning', fixable: false, message: 'One start failed.' },
  ]);
});

test('a service is reported only where one is installed, and as a problem if it does not run', async () => {
  const installation = () => Promise.resolve({ kind: 'npm' as const, path: '/opt/ncp', launcherProblem: () => null });
  const service = memoryService();
  const needs = { installation, service: () => Promise.resolve(service) };
  expect(await checkService(needs)).toEqual([]);
  const installed = await service.install({ args: ['--web'], hardened: false });
  expect(await checkService(needs)).toMatchObject([{ id: 'installation/service', status: 'ok' }]);
  const stopped = { state: () => Promise.resolve({ ...installed, running: false, notes: ['It failed: exit-code.'] }) };
  const [check] = await checkService({ installation, service: () => Promise.resolve(stopped) });
  expect(check).toMatchObject({ status: 'problem' });
  expect(check?.message).toContain('It failed: exit-code.');
});
