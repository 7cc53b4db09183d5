import { expect, it } from 'vitest';
import { sharedWatch } from './shared-watch.ts';

/** A watch whose openings and closings are counted. */
function counted() {
  const log: string[] = [];
  let notify: () => void = () => undefined;
  const watch = sharedWatch((tell) => {
    log.push('opened');
    notify = tell;
    return () => void log.push('closed');
  });
  return { watch, log, change: () => notify() };
}

it('is opened once for all, tells each, and is closed after the last', () => {
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

it('tells one listener as often as it was added, and opens again when it is wanted again', () => {
  const { watch, log, change } = counted();
  const listener = () => void log.push('told');
  const [stop, stopAgain] = [watch(listener), watch(listener)];
  change();
  stop();
  stopAgain();
  watch(listener);
  expect(log).toEqual(['opened', 'told', 'told', 'closed', 'opened']);
});
