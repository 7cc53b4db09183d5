import { expect, it } from 'vitest';
import { sharedWatch } from './shared-watch.ts';

/** Returns a watch that counts how often it opens and closes. */
function counted() {
  const log: string[] = [];
  let notify: () => void = () => undefined;
  const watch = sharedWatch((tell) => {
    log.push('opened');
    notify = tell;
    return { look: tell, stop: () => void log.push('closed') };
  });
  return { watch: watch.add, log, change: () => notify(), wrote: watch.look };
}

it('opens once for all listeners, calls each, and closes after the last', () => {
  const { watch, log, change } = counted();
  const stopA = watch(() => log.push('a'));
  const stopB = watch(() => log.push('b'));
  change();
  stopA();
  stopA();
  change();
  stopB();
  expect(log).toEqual(['opened', 'a', 'b', 'b', 'closed']);
});

it('calls a listener as often as it was added, and opens again when needed', () => {
  const { watch, log, change } = counted();
  const listener = () => void log.push('told');
  const [stop, stopAgain] = [watch(listener), watch(listener)];
  change();
  stop();
  stopAgain();
  watch(listener);
  expect(log).toEqual(['opened', 'told', 'told', 'closed', 'opened']);
});

it('tells of a write by this process once the code that wrote is done', async () => {
  const { watch, log, wrote } = counted();
  watch(() => log.push('told'));
  wrote();
  log.push('written');
  await Promise.resolve();
  expect(log).toEqual(['opened', 'written', 'told']);
});
