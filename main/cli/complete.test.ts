import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliFor, runLine } from '../testing/cli-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { create } = cliFor(() => application);
const values = async (word: string): Promise<string[]> => {
  const { code, stdout } = await runLine(application, ['_complete', word]);
  expect(code).toBe(0);
  return stdout.split('\n').slice(0, -1);
};

it('offers the names of tasks, and ids where a name is not unique', async () => {
  await create('Backup', 'true', '--tag', 'home');
  await create('Twice');
  await create('Twice');
  await create('a\u001b[31m\nb');
  expect(await values('TASK')).toEqual(['Backup\tactive', 'id-002\tTwice', 'id-003\tTwice', 'id-004\t']);
  expect(await values('TAG')).toEqual(['home\t']);
  expect(await values('GROUP')).toEqual(['weekdays-9am\t0 9 * * 1-5 UTC']);
  expect(await values('TOOL')).toEqual(['shell:run\t', 'http:request\t', 'agent:run\t']);
  await runLine(application, ['trigger', 'Backup']);
  expect((await values('RUN')).join()).toMatch(/^id-\d+\tBackup, success, /);
  expect(await values('ZONE')).toContain('Europe/Paris\t');
});

it('answers the completion scripts of earlier versions', async () => {
  await create('Backup');
  await runLine(application, ['trigger', 'Backup']);
  expect(await values('TIMING')).toEqual(await values('GROUP'));
  expect(await values('EXECUTION')).toEqual(await values('RUN'));
});
