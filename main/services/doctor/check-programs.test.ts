import { beforeEach, describe, expect, it } from 'vitest';
import type { EnvironmentReport } from '../../contract/test-run.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryStore, type MemoryStore } from '../../testing/memory-store.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { ProgramMemory } from '../runs/program-memory.ts';
import { checkEnvironment, checkPrograms, type ProgramDoctorNeeds } from './check-programs.ts';

const task = { id: 't1', tool: 'shell:run', parameters: { command: 'cd ~/site && node build.mjs && ./deploy.sh' } };
const at = '2026-11-20T09:00:00.000Z';
let store: MemoryStore;
/** The files of the machine. */
let files: Set<string>;
let needs: ProgramDoctorNeeds & { readonly programs: ProgramMemory };
let report: EnvironmentReport;
let path: string;

beforeEach(() => {
  store = memoryStore();
  store.update((file) => {
    addTask(file, { ...task, name: 'Site' });
  });
  files = new Set(['/v20/bin/node']);
  path = '/v20/bin:/bin';
  report = { source: 'cache', capturedAt: at, count: 3, differences: [], problem: null };
  const findProgram = (name: string, along: string) =>
    Promise.resolve(
      along
        .split(':')
        .map((folder) => `${folder}/${name}`)
        .find((place) => files.has(place)) ?? null,
    );
  needs = {
    ...{ store, findProgram, programs: new ProgramMemory({ ledger: memoryLedger(), findProgram }) },
    compareEnvironment: () => Promise.resolve(report),
    variables: () => Promise.resolve({ PATH: path }),
  };
});

describe('the programs of a task', () => {
  beforeEach(() => needs.programs.remember(task, path, at));

  it('that are where they were are not reported', async () => {
    expect(needs.programs.used('t1')).toEqual({ at, paths: { node: '/v20/bin/node' } });
    expect(await checkPrograms(needs)).toEqual([]);
  });

  it('that are gone are a problem that names them', async () => {
    files.clear();
    expect(await checkPrograms(needs)).toEqual([
      {
        ...{ id: 'environment/programs:t1', title: 'Programs of "Site"', status: 'problem', fixable: false },
        message: `node was /v20/bin/node and is gone (as of the run at ${at}).`,
      },
    ]);
  });

  it('that moved are a warning that says where they are, until the next success', async () => {
    files.add('/v22/bin/node');
    path = '/v22/bin:/bin';
    expect(await checkPrograms(needs)).toMatchObject([
      { status: 'warning', message: `node was /v20/bin/node and is now /v22/bin/node (as of the run at ${at}).` },
    ]);
    await needs.programs.remember(task, path, at);
    expect(await checkPrograms(needs)).toEqual([]);
  });

  it('are those of its present command, and only of active tasks', async () => {
    files.clear();
    store.update((file) => {
      file.tasks['t1'] = {
        ...(file.tasks['t1'] as NonNullable<(typeof file.tasks)[string]>),
        parameters: { command: 'true' },
      };
    });
    expect(await checkPrograms(needs)).toEqual([]);
  });

  it('are written only if they changed', async () => {
    await needs.programs.remember(task, path, '2026-11-21T09:00:00.000Z');
    expect(needs.programs.used('t1')?.at).toBe(at);
  });
});

describe('the environment of tasks', () => {
  it('is a warning if a new login shell has another PATH, and not for what differs at each start', async () => {
    report = { ...report, differences: [{ name: 'SESSION', captured: '1', shell: '2', hidden: false }] };
    expect(await checkEnvironment(needs)).toMatchObject([{ status: 'ok' }]);
    report = { ...report, differences: [{ name: 'PATH', captured: '/a', shell: '/b', hidden: false }] };
    expect(await checkEnvironment(needs)).toMatchObject([
      {
        status: 'warning',
        message: expect.stringContaining('The PATH of tasks is /a; that of a new login shell is /b.') as string,
      },
    ]);
  });

  it('is a warning if the login shell cannot be started', async () => {
    report = { ...report, problem: 'The shell hangs.' };
    expect(await checkEnvironment(needs)).toMatchObject([{ status: 'warning', message: 'The shell hangs.' }]);
  });
});
