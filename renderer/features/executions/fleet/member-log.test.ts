import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemberLog, mostShown, pieceBytes } from './member-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A log on another member, which sends whole characters as a member does. */
function logOf(lines: number) {
  const remote = {
    bytes: Buffer.from(Array.from({ length: lines }, (_, line) => lineOf(line)).join('')),
    ...{ isOver: true, isAway: false, asked: [] as number[] },
    grow: (text: string) => (remote.bytes = Buffer.concat([remote.bytes, Buffer.from(text)])),
    read: async (offset: number) => {
      remote.asked.push(offset);
      if (remote.isAway) return { failure: 'away' };
      const size = remote.bytes.length;
      let end = Math.min(size, offset + pieceBytes);
      while (end < size && ((remote.bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
      const text = remote.bytes.toString('utf8', offset, end);
      return { text, nextOffset: end, size, complete: remote.isOver && end >= size, live: '' };
    },
  };
  return remote;
}
/** 26 bytes, most of them in characters of several bytes. */
const lineOf = (line: number) => `${String(line).padStart(7, '0')} é😀ü日本\n`;
const settled = () => vi.advanceTimersByTimeAsync(0);
const lines = (text: string) => text.split('\n').slice(0, -1);

test('a short log is shown whole, and grows until it is complete', async () => {
  const remote = logOf(3);
  remote.isOver = false;
  const log = new MemberLog(remote.read);
  await settled();
  expect(log.store.getState()).toMatchObject({ text: [0, 1, 2].map(lineOf).join(''), startsAt: 0, isComplete: false });
  remote.grow('the end\n');
  remote.isOver = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(log.store.getState()).toMatchObject({ isComplete: true });
  expect(log.store.getState().text).toMatch(/the end\n$/);
  expect(vi.getTimerCount()).toBe(0);
});

test('a long log is shown from near its end, and earlier parts join without a gap', async () => {
  const remote = logOf(100_000);
  const log = new MemberLog(remote.read);
  await vi.runAllTimersAsync();
  expect(remote.asked.length).toBeLessThanOrEqual(3);
  for (let part = 0; part < 3; part += 1) await log.earlier();
  const { text, startsAt, isComplete } = log.store.getState();
  const first = Number(text.slice(0, 7));
  expect(lines(text)).toHaveLength(100_000 - first);
  expect(text).toBe(Array.from({ length: 100_000 - first }, (_, line) => lineOf(first + line)).join(''));
  expect(isComplete).toBe(true);
  expect(remote.bytes.toString('utf8', startsAt, startsAt + 7)).toBe(text.slice(0, 7));
});

test('the beginning is reached at last', async () => {
  const remote = logOf(25_000);
  const log = new MemberLog(remote.read);
  await vi.runAllTimersAsync();
  expect(log.store.getState().startsAt).toBeGreaterThan(0);
  for (let part = 0; part < 3; part += 1) await log.earlier();
  expect(log.store.getState()).toMatchObject({ startsAt: 0, text: remote.bytes.toString() });
});

test('a log that grows without end keeps only so much in the window', async () => {
  const remote = logOf(1);
  remote.isOver = false;
  const log = new MemberLog(remote.read);
  await settled();
  for (let round = 0; round < 8; round += 1) {
    remote.grow(lineOf(round).repeat(pieceBytes / 32));
    await vi.advanceTimersByTimeAsync(1000);
  }
  const { text, startsAt } = log.store.getState();
  expect(text.length).toBeLessThanOrEqual(mostShown);
  expect(remote.bytes.subarray(startsAt).toString()).toBe(text);
  log.close();
});

test('a member that is away is asked again, and nothing is lost', async () => {
  const remote = logOf(2);
  remote.isAway = true;
  const log = new MemberLog(remote.read);
  await settled();
  expect(log.store.getState()).toMatchObject({ text: '', failure: 'away' });
  remote.isAway = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(log.store.getState()).toMatchObject({ text: lineOf(0) + lineOf(1), failure: null, isComplete: true });
});

test('a log that is closed is read no more', async () => {
  const remote = logOf(2);
  remote.isOver = false;
  const log = new MemberLog(remote.read);
  await settled();
  log.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(remote.asked).toEqual([0]);
});
