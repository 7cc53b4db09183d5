import { expect, test } from 'vitest';
import { connect, settle, withFakeTime } from '../../testing/connected-window.ts';

withFakeTime();

test('the tasks of other schedulers are read once, and again when asked', async () => {
  const window = await connect('newcomer');
  await settle();
  const { others } = window.commands;
  const states = () => window.stores.others.getState().answer?.jobs.map(({ name, state }) => [name, state]) ?? [];
  await others.loadOnce();
  expect(states().slice(0, 3)).toEqual([
    ['restic-home', 'failed'],
    ['certbot-renew', 'overdue'],
    ['photo-index', 'stopped'],
  ]);
  window.outside.crontab.text = '0 1 * * * a-new-line\n';
  await others.loadOnce();
  expect(states().map(([name]) => name)).not.toContain('a-new-line');
  await others.load();
  expect(states()).toContainEqual(['a-new-line', 'fine']);
});

test('a failure to read is kept as a sentence, and what was read before stays', async () => {
  const window = await connect('newcomer');
  await settle();
  const { others } = window.commands;
  await others.load();
  const before = window.stores.others.getState().answer;
  Object.defineProperty(window.outside.others, 'found', {
    get: () => {
      throw new Error('no memory left');
    },
  });
  await others.load();
  expect(window.stores.others.getState()).toMatchObject({ answer: before, isLoading: false });
  expect(window.stores.others.getState().failure).toContain('no memory left');
});

test('one task is moved in from the page, and the list no longer has it', async () => {
  const window = await connect('newcomer');
  await settle();
  const { others, transfer } = window.commands;
  await others.load();
  const job = window.stores.others.getState().answer?.jobs.find(({ name }) => name === 'Sync music library');
  expect(job?.import).toEqual({ kind: 'crontab', source: 'line 10', moves: true });
  const opened = await transfer.open('crontab');
  const skipped = opened?.report.changes.filter(({ source }) => source !== 'line 10') ?? [];
  const decisions = Object.fromEntries(skipped.map(({ key }) => [key, 'skip' as const]));
  const report = await transfer.apply({ token: opened?.token ?? '', options: { decisions, move: true } });
  expect(report?.moved).toBe(1);
  await others.load();
  const names = window.stores.others.getState().answer?.jobs.map(({ name }) => name) ?? [];
  expect(names).not.toContain('Sync music library');
  expect(names).toContain('Rotate certificates');
});
