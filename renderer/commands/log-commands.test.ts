import { expect, test } from 'vitest';
import type { Call } from '../bridge/client.ts';
import { createLogStore } from '../stores/log-store.ts';
import { createLogCommands } from './log-commands.ts';

const lineOf = (number: number) => `2026-11-25T09:00:00.123Z out line ${number}\n`;

/** Answers like the main process for a run that has ended. @param endBytes how much the end holds at most */
function logOf(count: number, endBytes: number) {
  const bytes = Buffer.from(Array.from({ length: count }, (_, index) => lineOf(index + 1)).join(''));
  const asked: string[] = [];
  const slice = (from: number, to: number) => ({
    ...{ text: bytes.subarray(from, to).toString(), nextOffset: to, size: bytes.length, live: '' },
    complete: to >= bytes.length,
  });
  const call = ((name: string, input: { offset?: number; maxBytes?: number }) => {
    asked.push(name);
    if (name === 'logs.readEnd') {
      const from = Math.max(0, bytes.length - endBytes);
      const offset = from === 0 ? 0 : bytes.indexOf(10, from) + 1;
      return Promise.resolve({ ...slice(offset, bytes.length), offset });
    }
    const from = input.offset ?? 0;
    return Promise.resolve(slice(from, Math.min(bytes.length, from + Math.min(input.maxBytes ?? 700, 700))));
  }) as Call;
  return { call, asked };
}

test('a long log shows its end first, and then all of its lines in order', async () => {
  const { call, asked } = logOf(200, 500);
  const store = createLogStore();
  const first: (string | undefined)[] = [];
  const progress: number[] = [];
  store.subscribe(({ lines, loading }) => {
    if (lines.length > 0 && first.length === 0) first.push(lines.at(-1)?.text);
    if (loading !== null) progress.push(loading.read);
  });
  await createLogCommands(call, store).open('run');
  expect(first).toEqual(['line 200']);
  expect(progress.length).toBeGreaterThan(3);
  expect(progress).toEqual(progress.toSorted((one, other) => one - other));
  const { lines, loading, complete, origin } = store.getState();
  expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 200 }, (_, index) => `line ${index + 1}`));
  expect({ loading, complete }).toEqual({ loading: null, complete: true });
  expect(lines[origin]?.text).not.toBe('line 1');
  expect(asked.filter((name) => name === 'logs.readEnd')).toHaveLength(1);
});

test('a short log is read at once', async () => {
  const { call, asked } = logOf(5, 500);
  const store = createLogStore();
  await createLogCommands(call, store).open('run');
  expect(store.getState().lines).toHaveLength(5);
  expect(asked).toEqual(['logs.follow', 'logs.readEnd']);
});

test('a log that becomes shorter while it is read says so', async () => {
  const { call } = logOf(200, 500);
  const shrinking = ((name: string, input: object) =>
    name === 'logs.read'
      ? Promise.resolve({ text: '', nextOffset: 0, size: 0, complete: false, live: '' })
      : call(name as 'logs.follow', input as never)) as Call;
  const store = createLogStore();
  await createLogCommands(shrinking, store).open('run');
  expect(store.getState().failure).toContain('became shorter');
  expect(store.getState().lines.at(-1)?.text).toBe('line 200');
});
