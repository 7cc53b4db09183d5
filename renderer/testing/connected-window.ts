import { afterEach, beforeEach, vi } from 'vitest';
import { openMemoryWindow, type MemoryWindow } from '../../main/testing/memory-window/memory-window.ts';
import type { Scenario } from '../../main/testing/memory-window/scenarios.ts';
import { createCall } from '../bridge/client.ts';
import { createCommands } from '../commands/commands.ts';
import { createStores } from '../stores/stores.ts';
import { subscribe } from '../subscriptions.ts';

const noStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

/** Longer than any change needs to reach the window. */
const arrivalMs = 100;

let opened: MemoryWindow[] = [];

/** Stops time for each test of the file, and closes the windows that it opened. */
export function withFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-25T10:41:20Z') });
  });
  afterEach(async () => {
    const closing = opened.map(({ close }) => close());
    opened = [];
    await settle();
    await Promise.all(closing);
    vi.useRealTimers();
  });
}

/** Opens a window without its components: stores and commands over the product in memory. */
export async function connect(scenario: Scenario, prepare?: (memory: MemoryWindow) => void) {
  const memory = await openMemoryWindow(scenario);
  opened.push(memory);
  prepare?.(memory);
  const call = createCall(memory.bridge);
  const stores = createStores({ view: 'overview' }, noStorage);
  const commands = createCommands(call, stores);
  const stop = subscribe(memory.bridge, call, stores, commands);
  return { ...memory, stores, commands, stop };
}

export type Connected = Awaited<ReturnType<typeof connect>>;

/** Lets time pass. @param ms default: until every change has reached the window */
export const settle = (ms = arrivalMs) => vi.advanceTimersByTimeAsync(ms);

/** Returns a task that the window shows. */
export function taskNamed(window: Connected, name: string) {
  const task = window.stores.schedule.getState().schedule?.tasks.find((candidate) => candidate.name === name);
  if (!task) throw new Error(`no task ${name}`);
  return task;
}

export const toasts = (window: Connected) => window.stores.toasts.getState().toasts;
