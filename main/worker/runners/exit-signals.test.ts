import { expect, it } from 'vitest';
import { signalBehind, signalHint, signalOfCode } from './exit-signals.ts';

it.each([
  [null, null],
  [0, null],
  [1, null],
  [128, null],
  [130, 'SIGINT'],
  [134, 'SIGABRT'],
  [137, 'SIGKILL'],
  [139, 'SIGSEGV'],
  [143, 'SIGTERM'],
  [255, null],
])('exit code %s of a shell stands for %s', (code, signal) => {
  expect(signalOfCode(code)).toBe(signal);
});

it('says what such a code means, and the likely cause', () => {
  expect(signalBehind(137)).toBe(': a program that it ran was ended by SIGKILL, which a shell reports as 137');
  expect(signalHint('SIGKILL')).toMatch(/memory runs out/);
  expect(signalBehind(3)).toBe('');
  expect(signalHint('SIGUSR1')).toBe('');
});
