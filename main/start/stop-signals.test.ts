import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopOnSignals } from './stop-signals.ts';

/** A process that notes the signals it sends to itself, which would end it. */
class PretendProcess extends EventEmitter {
  readonly pid = 4711;
  readonly killed: string[] = [];

  kill(pid: number, signal: string): void {
    const listened = this.listenerCount(signal) > 0;
    this.killed.push(`${pid} ${signal}${listened ? ' (heard)' : ''}`);
  }
}

function started() {
  const receiver = new PretendProcess();
  let nowMs = 1000;
  const request = stopOnSignals(receiver, () => nowMs);
  return { receiver, request, later: (ms: number) => (nowMs += ms) };
}

describe('signals', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGUSR2', 143],
  ])('%s asks to stop, and the exit code of what did not succeed is %d', (name, code) => {
    const { receiver, request } = started();
    expect(request.signal.aborted).toBe(false);
    expect([0, 1, 5].map((each) => request.exitCode(each))).toEqual([0, 1, 5]);
    receiver.emit(name);
    expect(request.signal.aborted).toBe(true);
    expect([0, 1, 5].map((each) => request.exitCode(each))).toEqual([0, code, code]);
    expect(receiver.killed).toEqual([]);
  });

  it.each([
    ['SIGINT', 'SIGINT'],
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGHUP'],
  ])('%s and then %s ends the process by default action', (first, second) => {
    const { receiver, later } = started();
    receiver.emit(first);
    later(101);
    receiver.emit(second);
    expect(receiver.killed).toEqual([`4711 ${second}`]);
  });

  it('of this program itself never end a process that is ending already', () => {
    const { receiver, later } = started();
    receiver.emit('SIGINT');
    later(60_000);
    receiver.emit('SIGUSR2');
    expect(receiver.killed).toEqual([]);
  });

  it('sent to the process and to its group at once are one request', () => {
    const { receiver, later } = started();
    receiver.emit('SIGTERM');
    later(5);
    receiver.emit('SIGTERM');
    expect(receiver.killed).toEqual([]);
  });
});
