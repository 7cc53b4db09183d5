import type { DoctorCheck } from '../../contract/cli.ts';
import { messageOf } from '../../domain/errors.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OsEntry, OsGroup, OsScheduler, TranslateContext } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { wantedGroups } from '../os-entries/schedule-sync.ts';

export interface EntryDoctorNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly sync: ScheduleSync;
  readonly choose: () => Promise<OsScheduler>;
  readonly context: () => Omit<TranslateContext, 'fromMs'>;
}

/** How many of the next slots an installed entry is asked for. */
const slotsCompared = 50;

/** Entries name what they cannot say by rule, such as a time that a clock change skips, by date, this far ahead. */
const datesAheadMs = 2 * 365 * 86_400_000;

/** Every difference between what the groups want and what the OS scheduler has, and what ncp left in any of them. */
export async function checkEntries(needs: EntryDoctorNeeds): Promise<DoctorCheck[]> {
  return [...(await checkOurs(needs)), ...(await needs.sync.legacyEntries()).map(legacyCheck)];
}

async function checkOurs(needs: EntryDoctorNeeds): Promise<DoctorCheck[]> {
  const scheduler = await needs.choose();
  if (scheduler.kind === 'in-process') return [];
  const context = { ...needs.context(), fromMs: needs.clock.now() };
  const wanted = wantedGroups(needs.store.read());
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
    return { ...check, status: 'problem', message: 'It is missing: the OS will not start these tasks.' };
  }
  if (entry.state !== 'installed') {
    return { ...check, status: 'problem', message: entry.detail ?? 'It is not what we would install now.' };
  }
  let missed: readonly number[];
  try {
    missed = await missedSlots(group, scheduler, context);
  } catch (problem) {
    const message = `It could not be read back, so nobody knows when it fires: ${messageOf(problem)}`;
    return { ...check, status: 'problem', message };
  }
  const [first] = missed;
  if (first === undefined) {
    return {
      ...check,
      status: 'ok',
      message: 'Installed; its own next fires contain the next slots of the group.',
    };
  }
  const at = new Date(first).toISOString();
  return {
    ...check,
    status: 'problem',
    message: `It will not fire at ${missed.length} of the next slots, ${at} first.`,
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

/** A superset fires more often than the schedule, so more fires are asked for until they reach the last slot. */
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
    message: `ncp's old scheduler still has this entry (${path}) and starts it. "ncp-scheduler migrate --replace-os-entries" replaces it.`,
    fixable: false,
  };
}

/** Entries that no group wants. */
function strangers(entries: readonly OsEntry[], wanted: readonly OsGroup[]): DoctorCheck[] {
  return entries
    .filter(({ timingId, state }) => state !== 'legacy' && !wanted.some((group) => group.timingId === timingId))
    .map((entry): DoctorCheck => {
      const { timingId, path, state } = entry;
      if (state === 'foreign') {
        const message = `${path} looks like ours and is not: ${entry.detail ?? 'it carries no mark'}. It is left alone.`;
        return {
          id: `os/foreign:${timingId}`,
          title: `Entry "${timingId}"`,
          status: 'warning',
          message,
          fixable: false,
        };
      }
      const message = `No group wants this entry any more (${path}).`;
      return {
        id: `os/stale:${timingId}`,
        title: `Stale entry "${timingId}"`,
        status: 'warning',
        message,
        fixable: true,
      };
    });
}
