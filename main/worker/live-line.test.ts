import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveLine } from './live-line.ts';

const AT = '2026-12-03T14:15:00.000Z';
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fixture({ isOpen = true } = {}) {
  const lines: string[] = [];
  const mask = (text: string) => text.replaceAll('secret', '***');
  const live = new LiveLine({ now: () => Date.parse(AT), isOpen, mask, onLive: (line) => lines.push(line) });
  return { live, lines };
}

it('shows the last state of a line that is written again and again, at most every 200 ms', () => {
  const { live, lines } = fixture();
  live.wrote('out', '10%\r');
  live.wrote('out', '10%\r20%\r');
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(200);
  live.wrote('out', '10%\r20%\r30%');
  vi.advanceTimersByTime(200);
  expect(lines).toEqual([`${AT} out 20%`, `${AT} out 30%`]);
});

it('says nothing of a line that is completed at once, and removes one that is completed later', () => {
  const { live, lines } = fixture();
  live.wrote('out', 'half');
  live.wrote('out', '');
  vi.advanceTimersByTime(200);
  expect(lines).toEqual([]);
  live.wrote('err', 'Password: ');
  vi.advanceTimersByTime(200);
  live.wrote('out', '');
  live.wrote('err', '');
  expect(lines).toEqual([`${AT} err Password: `, '']);
});

it('never shows the beginning of a secret', () => {
  const { live, lines } = fixture({ isOpen: false });
  live.wrote('out', 'token: secr');
  vi.advanceTimersByTime(200);
  expect(lines).toEqual([]);
  live.wrote('out', 'token: secret\rmore');
  vi.advanceTimersByTime(200);
  expect(lines).toEqual([`${AT} out token: ***`]);
});

it('shows the end of a long line, in UTF-8, and ends with the log', () => {
  const { live, lines } = fixture();
  live.wrote('out', Buffer.from(`${'x'.repeat(5000)}é`).toString('latin1'));
  vi.advanceTimersByTime(200);
  expect(lines[0]).toMatch(/x{100}é$/);
  expect(lines[0]?.length).toBeLessThan(2100);
  live.end();
  vi.advanceTimersByTime(1000);
  expect(lines.slice(1)).toEqual(['']);
});
