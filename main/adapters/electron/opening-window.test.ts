import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isOpeningOf } from './opening-window.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const fakeWindow = () => Object.assign(new EventEmitter(), { webContents: new EventEmitter() });

it('is about to show itself until it has something to show', () => {
  const window = fakeWindow();
  const isOpening = isOpeningOf(window);
  expect(isOpening()).toBe(true);
  window.emit('ready-to-show');
  expect(isOpening()).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

it.each(['render-process-gone', 'did-fail-load'])('can be opened after %s', (event) => {
  const window = fakeWindow();
  const isOpening = isOpeningOf(window);
  window.webContents.emit(event);
  expect(isOpening()).toBe(false);
});

it('can be opened if it says nothing at all', () => {
  const isOpening = isOpeningOf(fakeWindow());
  vi.advanceTimersByTime(9999);
  expect(isOpening()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(isOpening()).toBe(false);
});
