import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScheduleFile } from '../../../contract/task.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import type { Store } from '../../../ports/store.ts';
import { storeContract } from '../../../testing/contract-suites/store-suite.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { addTask, aTask, aTiming } from '../../../testing/schedule-samples.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { scheduleText } from './document.ts';
import { openScheduleStore } from './schedule-file.ts';

const watchTiming = { quietMs: 5, pollMs: 50 };

describe('schedule.json', () => {
  storeContract(() => openScheduleStore({ dir: temporaryDir(), ledger: memoryLedger(), watchTiming }));
});

interface Fixture {
  readonly dir: string;
  readonly path: string;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly add: (id: string) => void;
}

function fixture(): Fixture {
  const dir = temporaryDir();
  const ledger = memoryLedger();
  const store = openScheduleStore({ dir, ledger, watchTiming });
  const path = join(dir, 'schedule.json');
  const add = (id: string) => {
    store.update((draft) => {
      addTask(draft, { id });
    });
  };
  return { dir, path, ledger, store, add };
}

function scheduleOf(...ids: string[]): ScheduleFile {
  const file: ScheduleFile = { version: '2.0.0', tasks: {}, timings: {} };
  for (const id of ids) addTask(file, { id });
  return file;
}

describe('the file', () => {
  it('is readable for its owner only, with only backups beside it', () => {
    const { dir, path, add } = fixture();
    add('a');
    add('b');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir).sort()).toEqual(['schedule.json', 'schedule.json.backup-1', 'schedule.json.backup-2']);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });

  it('is not written when nothing changed', () => {
    const { path, store, add } = fixture();
    add('a');
    const before = statSync(path).ino;
    store.update((draft) => {
      addTask(draft, { id: 'a' });
    });
    expect(statSync(path).ino).toBe(before);
  });

  it('removes temporary files of crashed writers', () => {
    const { dir, path, add } = fixture();
    writeFileSync(`${path}.tmp-999-abc`, 'half');
    add('a');
    expect(readdirSync(dir).filter((name) => name.includes('.tmp-'))).toEqual([]);
  });

  it('stays a symbolic link if it is one', () => {
    const { dir, path, add, store } = fixture();
    const target = join(dir, 'synced');
    mkdirSync(target);
    writeFileSync(join(target, 'mine.json'), scheduleText(scheduleOf('a')));
    symlinkSync(join(target, 'mine.json'), path);
    add('b');
    expect(Object.keys(store.read().tasks)).toEqual(['a', 'b']);
    expect(readFileSync(join(target, 'mine.json'), 'utf8')).toContain('"b"');
  });

  it('accepts a byte order mark and Windows line ends', () => {
    const { path, store } = fixture();
    writeFileSync(path, `\uFEFF${scheduleText(scheduleOf('a')).replaceAll('\n', '\r\n')}`);
    expect(Object.keys(store.read().tasks)).toEqual(['a']);
  });
});

describe('a file that cannot be used is never overwritten', () => {
  const good = scheduleText({
    version: '2.0.0',
    tasks: { t1: aTask() },
    timings: { 'daily-9am': aTiming() },
  });
  it.each<[string, string, string, RegExp]>([
    ['cut off', good.slice(0, 120), 'store/unreadable', /line 7, column \d+: not valid JSON/],
    ['empty', '', 'store/unreadable', /line 1, column 1/],
    ['a trailing comma', good.replace('"active"', '"active",'), 'store/unreadable', /line 16, column 5/],
    ['a wrong type', good.replace('"Daily backup"', '7'), 'store/unreadable', /line 6, column 15: tasks\.t1\.name/],
    [
      'a missing field',
      good.replace(/ +"timezone".*\n/, ''),
      'store/unreadable',
      /line 4, column \d+: tasks\.t1\.timezone/,
    ],
    ['a lost member', good.replace('"t1"\n', '\n'), 'store/unreadable', /line \d+, .*does not list task "t1"/],
    [
      'an invalid hour',
      good.replaceAll('0 9 * * *', '0 25 * * *'),
      'store/unreadable',
      /line 22, column \d+: timings\.daily-9am\.cronExpression: .*25/,
    ],
    ['an unknown zone', good.replaceAll('"UTC"', '"Mars"'), 'store/unreadable', /timings\.daily-9am\.timezone: .*Mars/],
    ['no object', '[]', 'store/unreadable', /line 1/],
    ['no version', '{"tasks":{},"timings":{}}', 'store/unreadable', /version/],
    ['a newer version', good.replace('2.0.0', '3.1.0'), 'store/newer', /newer version.*3\.1\.0/],
    [
      'a file of ncp',
      good.replace(/ +"timezone".*\n/, '').replace('"tool"', '"executionCount": 3, "tool"'),
      'store/unreadable',
      /migrate/,
    ],
  ])('%s', (_name, text, code, message) => {
    const { path, store, add } = fixture();
    writeFileSync(path, text);
    expect(() => store.read()).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as unknown }),
    );
    expect(store.state()).toEqual({ state: 'read-only', message: expect.stringMatching(message) as unknown });
    expect(() => {
      add('a');
    }).toThrow(expect.objectContaining({ code }));
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('a link to a missing file', () => {
    const { dir, path, store, add } = fixture();
    symlinkSync(join(dir, 'unmounted', 'schedule.json'), path);
    expect(store.state()).toMatchObject({
      state: 'read-only',
      message: expect.stringContaining('unmounted') as unknown,
    });
    expect(() => {
      add('a');
    }).toThrow(expect.objectContaining({ code: 'store/unreadable' }));
  });

  it.each([
    ['a link to itself', (path: string) => symlinkSync(path, path)],
    ['a directory', (path: string) => mkdirSync(path)],
  ])('%s in its place', (_what, make) => {
    const { path, store, add } = fixture();
    make(path);
    expect(store.state().state).toBe('read-only');
    expect(() => {
      add('a');
    }).toThrow(expect.objectContaining({ code: 'store/unreadable' }));
  });

  it('is restored from a backup on request, and a copy kept', () => {
    const { path, store, add } = fixture();
    add('a');
    add('b');
    writeFileSync(path, 'garbage');
    expect(store.state()).toMatchObject({ message: expect.stringContaining('schedule.json.backup-1') as unknown });
    const kept = store.restore('schedule.json.backup-1');
    expect(Object.keys(store.read().tasks)).toEqual(['a', 'b']);
    expect(readFileSync(kept ?? '', 'utf8')).toBe('garbage');
    expect(store.state()).toEqual({ state: 'ok' });
  });
});

describe('an edit by hand', () => {
  it('is read at once, and reported', async () => {
    const { path, store, add } = fixture();
    add('a');
    let told = 0;
    const stop = store.watch(() => {
      told += 1;
    });
    writeFileSync(path, scheduleText(scheduleOf('a', 'hand')));
    await expect.poll(() => told).toBeGreaterThan(0);
    stop();
    expect(Object.keys(store.read().tasks)).toEqual(['a', 'hand']);
  });

  it('that is invalid is refused, and the last valid schedule is shown', () => {
    const { path, store, add } = fixture();
    add('a');
    store.read();
    writeFileSync(path, '{ "version": "2.0.0",\n  oops');
    expect(Object.keys(store.read().tasks)).toEqual(['a']);
    expect(store.state()).toMatchObject({ state: 'read-only', message: expect.stringMatching(/line 2/) as unknown });
    writeFileSync(path, scheduleText(scheduleOf('a', 'b')));
    expect(store.state()).toEqual({ state: 'ok' });
    expect(Object.keys(store.read().tasks)).toEqual(['a', 'b']);
  });

  it('between reading and saving is not lost: the change is made again on top of it', () => {
    const { path, store, add } = fixture();
    add('a');
    let tries = 0;
    store.update((draft) => {
      tries += 1;
      if (tries === 1) writeFileSync(path, scheduleText(scheduleOf('a', 'hand')));
      addTask(draft, { id: 'ours' });
    });
    expect(tries).toBe(2);
    expect(Object.keys(store.read().tasks)).toEqual(['a', 'hand', 'ours']);
  });

  it('that overwrote the app’s change is in the audit, and the app’s change in the backups', () => {
    const { path, store, ledger, add } = fixture();
    add('a');
    add('b');
    writeFileSync(path, scheduleText(scheduleOf('a')));
    add('c');
    expect(ledger.auditTrail('b')).toMatchObject([
      { author: 'file', action: 'task.delete', before: { id: 'b' }, after: null },
    ]);
    expect(store.backups().map(({ file }) => Object.keys(file?.tasks ?? {}).join(''))).toEqual(['ac', 'a', 'ab', 'a']);
  });

  it('is audited once', async () => {
    const { path, store, ledger, add } = fixture();
    add('a');
    let told = 0;
    const stop = store.watch(() => {
      told += 1;
    });
    writeFileSync(path, scheduleText(scheduleOf('a', 'hand')));
    await expect.poll(() => told).toBeGreaterThan(0);
    stop();
    add('b');
    expect(ledger.auditTrail('hand')).toHaveLength(1);
    expect(ledger.auditTrail('b')).toHaveLength(0);
  });

  it('by a program that never stops writing ends in a clear error', () => {
    const { path, store, add } = fixture();
    add('a');
    let n = 0;
    expect(() => {
      store.update((draft) => {
        writeFileSync(path, scheduleText(scheduleOf('a', `hand-${(n += 1)}`)));
        addTask(draft, { id: 'ours' });
      });
    }).toThrow(expect.objectContaining({ code: 'store/locked' }));
  });

  it('that deletes the file is not taken for "no tasks": the tasks are still shown, and the backups offered', () => {
    const { dir, path, store, ledger, add } = fixture();
    add('a');
    rmSync(path);
    const offer = expect.stringMatching(/is missing, although tasks were saved.*schedule\.json\.backup-1/) as unknown;
    expect(Object.keys(store.read().tasks)).toEqual(['a']);
    const started = openScheduleStore({ dir, ledger, watchTiming });
    for (const each of [store, started]) expect(each.state()).toEqual({ state: 'read-only', message: offer });
    expect(() => started.read()).toThrow(expect.objectContaining({ code: 'store/unreadable', message: offer }));
    expect(() => add('b')).toThrow(expect.objectContaining({ code: 'store/unreadable' }));
    expect(store.restore('schedule.json.backup-1')).toBeNull();
    add('b');
    expect(Object.keys(started.read().tasks)).toEqual(['a', 'b']);
  });

  it('that deletes the backups too begins without tasks', () => {
    const { dir, path, store, add } = fixture();
    add('a');
    rmSync(path);
    expect(store.state()).toMatchObject({ state: 'read-only' });
    for (const name of readdirSync(dir)) rmSync(join(dir, name));
    expect(store.state()).toEqual({ state: 'ok' });
    add('b');
    expect(Object.keys(store.read().tasks)).toEqual(['b']);
  });

  it('that deletes a file without tasks loses nothing', () => {
    const { path, store, add } = fixture();
    add('a');
    store.update((draft) => {
      draft.tasks = {};
      draft.timings = {};
    });
    rmSync(path);
    expect(store.state()).toEqual({ state: 'ok' });
    expect(store.read().tasks).toEqual({});
  });
});

it('two stores see each other’s changes at once', () => {
  const { dir, ledger, store, add } = fixture();
  const other = openScheduleStore({ dir, ledger });
  other.read();
  add('a');
  expect(Object.keys(other.read().tasks)).toEqual(['a']);
  other.update((draft) => {
    addTask(draft, { id: 'b' });
  });
  expect(Object.keys(store.read().tasks)).toEqual(['a', 'b']);
});

it('a folder without write permission is read-only', ({ skip }) => {
  if (process.getuid?.() === 0) skip('root may write everywhere');
  const { dir, store, add } = fixture();
  add('a');
  chmodSync(dir, 0o500);
  expect(store.state().state).toBe('read-only');
  chmodSync(dir, 0o700);
  expect(store.state().state).toBe('ok');
});
