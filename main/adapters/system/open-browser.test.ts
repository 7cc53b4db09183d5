import { expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';

it('a browser is opened only where there is a display', () => {
  const started: string[] = [];
  const start = (program: string, args: readonly string[]) => void started.push([program, ...args].join(' '));
  expect(openBrowser('http://127.0.0.1/', 'linux', {}, start)).toBe(false);
  expect(openBrowser('http://127.0.0.1/', 'linux', { DISPLAY: '' }, start)).toBe(false);
  expect(openBrowser('http://127.0.0.1/', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, start)).toBe(true);
  expect(openBrowser('http://127.0.0.1/', 'darwin', {}, start)).toBe(true);
  expect(started).toEqual(['xdg-open http://127.0.0.1/', 'open http://127.0.0.1/']);
});
