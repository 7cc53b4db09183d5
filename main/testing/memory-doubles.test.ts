import { describe, expect, it } from 'vitest';
import { settingsContract } from './contract-suites/settings-suite.ts';
import { storeContract } from './contract-suites/store-suite.ts';
import { fakeClock } from './fake-clock.ts';
import { memorySettings } from './memory-settings.ts';
import { memoryStore } from './memory-store.ts';

describe('the store in memory', () => {
  storeContract(() => memoryStore());

  it('can be read-only', () => {
    const store = memoryStore();
    store.setState({ state: 'read-only', message: 'the disk is gone' });
    expect(() => store.update(() => undefined)).toThrow('the disk is gone');
  });
});

describe('the settings in memory', () => {
  settingsContract((profileServers) => memorySettings({}, profileServers));
});

describe('the fake clock', () => {
  it('calls timers in order, each at its instant, including those set by other timers', () => {
    const clock = fakeClock('2026-01-01T00:00:00.000Z');
    const start = clock.now();
    const calls: [string, number][] = [];
    const note = (name: string) => {
      calls.push([name, clock.now() - start]);
    };
    clock.setTimer(() => {
      note('late');
    }, 300);
    clock.setTimer(() => {
      note('early');
      clock.setTimer(() => {
        note('chained');
      }, 50);
    }, 100);
    const cancel = clock.setTimer(() => {
      note('never');
    }, 120);
    cancel();
    clock.advance(250);
    expect(calls).toEqual([
      ['early', 100],
      ['chained', 150],
    ]);
    expect(clock.pending()).toEqual([start + 300]);
    expect(clock.now() - start).toBe(250);
  });

  it('does not call timers when the wall clock is set', () => {
    const clock = fakeClock('2026-01-01T00:00:00.000Z');
    let called = false;
    clock.setTimer(() => {
      called = true;
    }, 1000);
    clock.set('2027-01-01T00:00:00.000Z');
    expect(called).toBe(false);
    clock.advance(1000);
    expect(called).toBe(true);
    expect(clock.nowIso()).toBe('2027-01-01T00:00:01.000Z');
  });
});
