import type { ProposalPreview, ProposedChange } from '../../contract/proposal.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { sentence } from '../../domain/timing/sentence.ts';
import { shortHash } from '../../domain/timing/short-hash.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import { plain } from '../../domain/visible-text.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import { checkChains } from '../task-chains.ts';
import { parseChange, parseDraft } from '../task-checks.ts';
import { changedTask, fieldsOfDraft } from '../task-edit.ts';
import { findTask } from '../task-lookup.ts';
import type { TaskManager } from '../task-manager.ts';
import { setActive } from '../task-states.ts';
import { nextRuns } from '../views.ts';
import { commandOf, differences, taskFacts } from './task-differences.ts';

export interface ChangePreviewPorts {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly tasks: Pick<TaskManager, 'understand' | 'check'>;
}

/** What a change is about and would do to the world as it is now. */
export interface ChangeEffect {
  /** `Create "Backup"`, harmless to display. */
  readonly title: string;
  readonly taskId: string | null;
  readonly executionId: string | null;
  readonly preview: Omit<ProposalPreview, 'changedMeanwhile' | 'problem'>;
}

type ChangeOf<A extends ProposedChange['action']> = Extract<ProposedChange, { action: A }>;

/** Tells what a change would do, and refuses what could not be done, without doing anything. */
export class ChangePreview {
  readonly #ports: ChangePreviewPorts;

  constructor(ports: ChangePreviewPorts) {
    this.#ports = ports;
  }

  /** @throws SchedulerError what doing it would throw: `task/…`, `schedule/…`, `execution/…`, `store/…`. */
  async of(change: ProposedChange): Promise<ChangeEffect> {
    switch (change.action) {
      case 'create':
        return this.#create(change);
      case 'update':
        return this.#update(change);
      case 'cancel':
        return this.#cancel(change);
      default:
        return this.#stateOf(change);
    }
  }

  async #create({ draft: input, validate, testRun }: ChangeOf<'create'>): Promise<ChangeEffect> {
    const draft = parseDraft(input);
    const { spec, answer } = await this.#ports.tasks.understand(draft.schedule, draft.timezone);
    const after: Task = {
      id: '\0new',
      ...fieldsOfDraft(draft),
      timingId: '',
      ...storedSchedule(spec),
      createdAt: this.#now(),
      status: draft.active === false ? 'paused' : 'active',
    };
    const doubts = await this.#check(this.#ports.store.read(), after, validate);
    const warnings = [
      ...(validate ? [] : [unchecked]),
      ...(testRun ? ['Approving runs it once, at once; it is kept only if that run succeeds.'] : []),
      ...answer.warnings,
      ...doubts,
    ];
    return this.#effect('Create', null, after, warnings);
  }

  async #update({ taskId, change: input, validate }: ChangeOf<'update'>): Promise<ChangeEffect> {
    const { tasks, store } = this.#ports;
    const change = parseChange(input);
    const file = store.read();
    const before = findTask(file, taskId);
    const after = changedTask(before, change);
    let told: readonly string[] = [];
    if (change.schedule !== undefined || change.timezone !== undefined) {
      const { spec, answer } = await tasks.understand(
        change.schedule ?? before.runAt ?? before.cronExpression,
        change.timezone ?? before.timezone,
      );
      reschedule(after, spec);
      told = answer.warnings;
    }
    if (change.active !== undefined) setActive(after, change.active, this.#now());
    const sameCall = change.tool === undefined && change.parameters === undefined;
    const doubts = await this.#check(file, after, validate, sameCall);
    return this.#effect('Change', before, after, [...(validate ? [] : [unchecked]), ...told, ...doubts]);
  }

  #stateOf(change: ChangeOf<'pause' | 'resume' | 'delete' | 'trigger'>): ChangeEffect {
    const before = findTask(this.#ports.store.read(), change.taskId);
    const after = structuredClone(before);
    switch (change.action) {
      case 'delete':
        return this.#effect('Delete', before, null, ['A deleted task no longer runs. Its past runs stay on record.']);
      case 'trigger':
        return this.#effect('Run', before, after, [], ' now');
      case 'resume':
        setActive(after, true, this.#now());
        return this.#effect('Resume', before, after, []);
      case 'pause':
        setActive(after, false, this.#now());
        if (change.until !== undefined) after.pausedUntil = change.until;
        if (change.note !== undefined) after.pauseNote = change.note;
        return this.#effect('Pause', before, after, []);
    }
  }

  #cancel({ executionId }: ChangeOf<'cancel'>): ChangeEffect {
    const execution = this.#ports.ledger.get(executionId);
    if (execution === null) {
      throw new SchedulerError('execution/not-found', `There is no execution with the id "${executionId}".`, {
        executionId,
      });
    }
    if (execution.status !== 'running') {
      const message = `The execution ${executionId} is over: it ended with ${execution.status}.`;
      throw new SchedulerError('execution/not-running', message, { executionId, status: execution.status });
    }
    return {
      title: `Stop the run of ${named(execution.taskName)}`,
      taskId: execution.taskId,
      executionId,
      preview: {
        differences: [{ field: 'Run', before: `running since ${execution.startedAt}`, after: 'stopped' }],
        schedule: null,
        nextRuns: [],
        command: commandOf(execution.tool, execution.parameters),
        warnings: [],
        basis: execution.status,
      },
    };
  }

  async #check(file: ScheduleFile, task: Task, validate: boolean, sameCall = false): Promise<string[]> {
    checkChains(file, task);
    return this.#ports.tasks.check(task, { validate }, task.status !== 'active', sameCall);
  }

  #effect(verb: string, before: Task | null, after: Task | null, warnings: readonly string[], rest = ''): ChangeEffect {
    const task = after ?? before;
    if (task === null) throw new Error('a change without a task');
    const runs = after?.status === 'active' ? nextRuns(after, this.#ports.clock.now()) : [];
    return {
      title: `${verb} ${named(before?.name ?? task.name)}${rest}`,
      taskId: before?.id ?? null,
      executionId: null,
      preview: {
        differences: differences(before, after),
        schedule: { sentence: sentence(specOf(task)), timezone: task.timezone },
        nextRuns: runs,
        command: commandOf(task.tool, task.parameters),
        warnings: warnings.map(plain),
        basis: basisOf(before),
      },
    };
  }

  #now(): string {
    return new Date(this.#ports.clock.now()).toISOString();
  }
}

const unchecked = 'The agent asked to skip the check of the tool and its parameters.';

/** Stands for all of a task that a person would look at: equal as long as nobody changed it. */
function basisOf(task: Task | null): string {
  return task === null ? 'new' : shortHash(JSON.stringify([...taskFacts(task)]));
}

function named(name: string): string {
  return `"${plain(name)}"`;
}

function reschedule(task: Task, spec: ScheduleSpec): void {
  const { cronExpression, timezone, runAt } = storedSchedule(spec);
  Object.assign(task, { cronExpression, timezone });
  if (runAt === undefined) delete task.runAt;
  else task.runAt = runAt;
}
