import type { DoctorCheck } from '../../contract/cli.ts';
import { dayMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import { eventsText } from '../../domain/timing/events.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OsEntry, OsGroup, OsScheduler, TranslateContext } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';

export interface EntryDoctorNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly sync: ScheduleSync;
  readonly choose: () => Promise<OsScheduler>;
  readonly context: () => Omit<TranslateContext, 'fromMs'>;
}

/** How many of the next slots are compared with an installed entry. */
const slotsCompared = 50;

/** How far ahead slots are compared. An entry lists times that no rule can express by date, only this far ahead. */
const datesAheadMs = 2 * 365 * dayMs;

/** Reports every difference between the entries the groups need and those installed, and every entry left by ncp. */
export async function checkEntries(needs: EntryDoctorNeeds): Promise<DoctorCheck[]> {
  return [...(await checkOurs(needs)), ...(await needs.sync.legacyEntries()).map(legacyCheck)];
}

async function checkOurs(needs: EntryDoctorNeeds): Promise<DoctorCheck[]> {
  const scheduler = await needs.choose();
  if (scheduler.kind === 'in-process') return [];
  const context = { ...needs.context(), fromMs: needs.clock.now() };
  const wanted = needs.sync.wanted(scheduler.kind);
  const entries = await scheduler.list(wanted, context);
  const checks = await Promise.all(wanted.map((group) => checkGroup(group, entries, scheduler, context)));
  return [...checks, ...strangers(entries, wanted)];
}

async function checkGroup(
  group: OsGroup,
  entries: readonly OsEntry[],
  scheduler: OsScheduler,
  context: TranslateContext,
): Promise<DoctorCheck> {
  const { timingId } = group;
  const check = { id: `os/entry:${timingId}`, title: `Entry of "${timingId}"`, fixable: true };
  const entry = entries.find((candidate) => candidate.timingId === timingId && candidate.state !== 'legacy');
  if (entry === undefined) {
    return { ...check, status: 'problem', message: 'The entry is missing, so the OS will not start these tasks.' };
  }
  if (entry.state !== 'installed') {
    return {
      ...check,
      status: 'problem',
      message: entry.detail ?? 'The entry differs from the one that would be installed now.',
    };
  }
  let missed: readonly number[];
  try {
    missed = await missedSlots(group, scheduler, context);
  } catch (problem) {
    const message = `The entry could not be read back, so its next fires are unknown: ${messageOf(problem)}`;
    return { ...check, status: 'problem', message };
  }
  const [first] = missed;
  if (first === undefined) {
    return {
      ...check,
      status: 'ok',
      message:
        group.schedule.kind === 'event'
          ? `Installed. It starts the group ${eventsText(group.schedule.events)}.`
          : 'Installed. It fires at each of the group’s next slots.',
    };
  }
  const at = new Date(first).toISOString();
  return {
    ...check,
    status: 'problem',
    message: `The entry will not fire at ${missed.length} of the next slots, the first at ${at}.`,
  };
}

async function missedSlots(group: OsGroup, scheduler: OsScheduler, context: TranslateContext): Promise<number[]> {
  const untilMs = context.fromMs + datesAheadMs;
  const expected = nextSlots(group.schedule, context.fromMs, slotsCompared).filter((slotMs) => slotMs < untilMs);
  const last = expected.at(-1);
  if (last === undefined) return [];
  const fires = new Set(await firesUpTo(group, scheduler, context, last));
  return expected.filter((slotMs) => !fires.has(slotMs));
}

/** An entry may fire more often than the schedule, so more fires are read until they reach the last slot. */
async function firesUpTo(
  group: OsGroup,
  scheduler: OsScheduler,
  context: TranslateContext,
  lastMs: number,
): Promise<number[]> {
  for (let count = slotsCompared; ; count *= 4) {
    const fires = await scheduler.readBack(group.timingId, context.fromMs, count, context);
    if ((fires.at(-1) ?? 0) >= lastMs || fires.length < count || count > 20_000) return fires;
  }
}

function legacyCheck({ timingId, path }: OsEntry): DoctorCheck {
  return {
    id: `os/legacy:${timingId}`,
    title: `Old entry "${timingId}"`,
    status: 'warning',
    message: `This entry of ncp's old scheduler (${path}) is still installed and still fires. Run "ncp-scheduler migrate --replace-os-entries" to replace it.`,
    fixable: false,
  };
}

/** Reports installed entries that no group needs. */
function strangers(entries: readonly OsEntry[], wanted: readonly OsGroup[]): DoctorCheck[] {
  return entries
    .filter(({ timingId, state }) => state !== 'legacy' && !wanted.some((group) => group.timingId === timingId))
    .map((entry): DoctorCheck => {
      const { timingId, path, state } = entry;
      if (state === 'foreign') {
        const message = `${path} looks like an entry of NCP Scheduler, but is not one: ${entry.detail ?? 'it has no marker'}. It is left unchanged.`;
        return {
          id: `os/foreign:${timingId}`,
          title: `Entry "${timingId}"`,
          status: 'warning',
          message,
          fixable: false,
        };
      }
      const message = `No group needs this entry any more (${path}).`;
      return {
        id: `os/stale:${timingId}`,
        title: `Stale entry "${timingId}"`,
        status: 'warning',
        message,
        fixable: true,
      };
    });
}
