import type { OsSchedulerKind } from '../contract/settings.ts';
import { SchedulerError } from '../domain/errors.ts';
import { nextSlots } from '../domain/timing/slots.ts';
import type { OsGroup, OsScheduler } from '../ports/os-scheduler.ts';

export interface MemoryOsScheduler extends OsScheduler {
  /** The groups that are installed, by timing id. */
  readonly installed: Map<string, OsGroup>;
  /** From now on every `apply` fails with this sentence; null ends it. */
  refuse(message: string | null): void;
}

/** An OS scheduler that only remembers what it was told. */
export function memoryOsScheduler(kind: OsSchedulerKind): MemoryOsScheduler {
  const installed = new Map<string, OsGroup>();
  let refusal: string | null = null;
  const pathOf = (timingId: string): string => `/memory/${kind}/${timingId}`;
  return {
    kind,
    installed,
    refuse: (message) => {
      refusal = message;
    },
    capabilities: () => Promise.resolve({ available: true, notes: [], runsWhenLoggedOut: true, timezones: true }),
    translate: (group, context) => ({
      artifacts: [{ path: pathOf(group.timingId), content: `${context.command.join(' ')} ${group.timingId}\n` }],
      covers: 'exact',
      notes: [],
    }),
    apply: (groups) =>
      Promise.resolve(
        groups.map((group) => {
          const { timingId } = group;
          if (refusal !== null) {
            return {
              timingId,
              change: 'failed',
              path: pathOf(timingId),
              error: { code: 'os/refused', message: refusal },
            };
          }
          const change = installed.has(timingId) ? 'unchanged' : 'installed';
          installed.set(timingId, group);
          return { timingId, change, path: pathOf(timingId) };
        }),
      ),
    remove: (timingIds) =>
      Promise.resolve(
        timingIds.map((timingId) => {
          installed.delete(timingId);
          return { timingId, change: 'removed', path: pathOf(timingId) };
        }),
      ),
    list: () =>
      Promise.resolve(
        [...installed].map(([timingId, { key }]) => ({
          timingId,
          kind,
          state: 'installed',
          key,
          path: pathOf(timingId),
        })),
      ),
    readBack: (timingId, fromMs, count) => {
      const group = installed.get(timingId);
      if (group === undefined) throw new SchedulerError('os/not-found', `${timingId} is not installed.`);
      return Promise.resolve(nextSlots(group.schedule, fromMs, count));
    },
  };
}
