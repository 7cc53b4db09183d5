import type { ImportChange, ImportOptions } from '../../contract/transfer.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { AgentSchedules } from '../../ports/agent-schedules.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { PersonCrontab } from '../../ports/person-crontab.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import type { ImportCandidate, ImportSource } from './import-source.ts';
import type { ImportedTask } from './import-tasks.ts';

/** The schedulers whose entries can be switched off when their tasks are moved here. */
export interface OtherSides {
  readonly crontab: () => Promise<Pick<PersonCrontab, 'commentOut'>>;
  readonly agentSchedules: () => Promise<Pick<AgentSchedules, 'switchOff'>>;
}

interface MoveNeeds extends OtherSides {
  readonly store: Store;
  readonly ledger: AuditTrail;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
}

export interface MoveChange {
  /** The batch of the import; it also marks what was switched off. */
  readonly batch: string;
  readonly author: string;
  /** ISO instant. */
  readonly at: string;
}

export interface Moved {
  /** How many entries were switched off; null if none was. */
  readonly moved: number | null;
  readonly warnings: readonly string[];
  /** Returns the changes of the import as they are after the move. */
  readonly changed: (changes: readonly ImportChange[]) => ImportChange[];
}

/** Returns the source with the names that the person gave its tasks. */
export function renamed(source: ImportSource, { names }: Pick<ImportOptions, 'names'>): ImportSource {
  if (Object.keys(names).length === 0) return source;
  const candidates = source.candidates.map((candidate) => {
    const name = Object.hasOwn(names, candidate.key) ? names[candidate.key] : undefined;
    return name === undefined ? candidate : { ...candidate, task: { ...candidate.task, name } };
  });
  return { ...source, candidates };
}

/** @throws SchedulerError `usage/cannot-move` unless the tasks come from the crontab or the agents of this machine. */
export function assertMovable({ original, kind }: ImportSource, { move }: Pick<ImportOptions, 'move'>): void {
  if (!move || original !== undefined) return;
  throw new SchedulerError(
    'usage/cannot-move',
    'Only the crontab and the agents of this machine can be moved. Import the tasks, remove them where they run now, then resume them here.',
    { kind },
  );
}

/**
 * Switches the entries of imported tasks off, then activates the tasks. They were imported paused, so a crash in between
 * leaves tasks that run nowhere and can be resumed, and never tasks that run twice.
 */
export async function moveTasks(
  { store, ledger, sync, ...sides }: MoveNeeds,
  source: ImportSource,
  imported: readonly ImportedTask[],
  { batch, author, at }: MoveChange,
): Promise<Moved> {
  const side = otherSideOf(source, sides);
  const whole = wholeEntries(source, imported).filter(({ candidate }) => side.canSwitchOff(candidate, source));
  const entries = [...new Set(whole.flatMap(({ candidate }) => candidate.source ?? []))];
  if (entries.length === 0) return { moved: null, warnings: [], changed: (changes) => [...changes] };
  let steps: readonly string[];
  try {
    steps = await side.switchOff(entries, source.original ?? '', batch);
  } catch (problem) {
    if (!(problem instanceof SchedulerError)) throw problem;
    const warning = `The imported tasks stay paused, and ${side.runner} as before. ${problem.message}`;
    return { moved: null, warnings: [warning], changed: (changes) => [...changes] };
  }
  ledger.audit({
    at,
    author,
    action: side.action,
    taskId: null,
    before: null,
    after: { lines: entries.length },
    batch,
  });
  const ids = new Set(whole.map(({ after }) => after.id));
  const timings = store.update((draft) => {
    const touched = new Set<string>();
    for (const id of ids) {
      const task = Object.hasOwn(draft.tasks, id) ? draft.tasks[id] : undefined;
      if (task?.status !== 'paused') continue;
      const before = structuredClone(task);
      task.status = 'active';
      task.armedAt = at;
      delete task.pauseNote;
      ledger.audit({ at, author, action: 'task.resume', taskId: id, before, after: structuredClone(task), batch });
      touched.add(task.timingId);
    }
    return [...touched];
  });
  const warnings = await sync.ensure(timings).then(
    () => [...steps],
    (refusal: unknown) => [...steps, messageOf(refusal)],
  );
  const changed = (changes: readonly ImportChange[]): ImportChange[] =>
    changes.map((change) => (ids.has(change.taskId ?? '') ? { ...change, paused: false } : change));
  return { moved: entries.length, warnings, changed };
}

/** Leaves out the tasks of an entry of which another part stays there. */
function wholeEntries(source: ImportSource, imported: readonly ImportedTask[]): ImportedTask[] {
  const keys = new Set(imported.map(({ candidate }) => candidate.key));
  const partly = new Set(source.candidates.filter(({ key }) => !keys.has(key)).map((candidate) => candidate.source));
  return imported.filter(({ candidate }) => !partly.has(candidate.source));
}

/** How the entries of one scheduler are switched off. */
interface OtherSide {
  /** The name of the change in the history. Undoing the import reverses it. */
  readonly action: 'crontab.move' | 'agents.move';
  /** Who runs the tasks if nothing could be switched off. */
  readonly runner: string;
  /** False for an entry that stays as it is. */
  readonly canSwitchOff: (candidate: ImportCandidate, source: ImportSource) => boolean;
  /** Returns what a person has to do now, in sentences. */
  readonly switchOff: (sources: readonly string[], seen: string, mark: string) => Promise<readonly string[]>;
}

/** Returns how to switch the entries of a source off. */
function otherSideOf({ kind }: Pick<ImportSource, 'kind'>, sides: OtherSides): OtherSide {
  return kind === 'agents' ? agentsSide(sides) : crontabSide(sides);
}

const crontabSide = ({ crontab }: OtherSides): OtherSide => ({
  action: 'crontab.move',
  runner: 'the crontab runs them',
  canSwitchOff: ({ source }) => lineOf(source) > 0,
  switchOff: async (sources, seen, mark) => {
    await (await crontab()).commentOut(sources.map(lineOf), seen, mark);
    return [];
  },
});

const agentsSide = ({ agentSchedules }: OtherSides): OtherSide => ({
  action: 'agents.move',
  runner: 'the agents run them',
  // What is switched off there already has not been reviewed to run here.
  canSwitchOff: ({ source }, { original = '{}' }) =>
    Object.hasOwn(JSON.parse(original) as Record<string, unknown>, source ?? ''),
  switchOff: async (sources, seen, mark) => (await agentSchedules()).switchOff(sources, seen, mark),
});

/** Returns the number of a line from `line 12`; 0 for another source. */
const lineOf = (source: string | null): number => Number(/^line (\d+)$/.exec(source ?? '')?.[1] ?? 0);
