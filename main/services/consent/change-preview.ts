import { assertDates, withBounds } from '../tasks/schedule-bounds.ts';
import { setSchedule } from '../schedule/timing-groups.ts';
import { scheduleText } from '../../contract/schedule-rule.ts';
import type { ProposalPreview, ProposedChange } from '../../contract/proposal.ts';
import { neutralClock } from '../../contract/time-style.ts';
import type { Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { foundExecution } from '../../domain/not-found.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import { fixedSchedule } from '../schedule/fixed-schedule.ts';
import { agentServerNames } from '../../contract/built-in/agent-run.ts';
import { definedOf } from '../../domain/defined.ts';
import { plain } from '../../domain/visible-text.ts';
import { changeBasis, configuredServers, surroundingsOf } from './basis.ts';
import { checkChains } from '../schedule/task-chains.ts';
import { parseChange, parseDraft } from '../tasks/task-checks.ts';
import { changedTask, fieldsOfDraft } from '../tasks/task-edit.ts';
import { findTask } from '../schedule/task-lookup.ts';
import { setActive, slotToSkip } from '../tasks/task-states.ts';
import { assertKnownPolicies } from '../tasks/unknown-policies.ts';
import { undoneTask } from './undone-task.ts';
import { namesakeWarning, promptFileWarning, serverFacts } from './surrounding-facts.ts';
import type { ChangePreviewNeeds } from './preview/change-preview-needs.ts';
import { calendarEffect } from './preview/calendar-effect.ts';
import { commandOf, differences, unchangedFacts } from './task-differences.ts';

/** What a change concerns, and what it would do if it were applied now. */
export interface ChangeEffect {
  /** Such as `Create "Backup"`; safe to display. */
  readonly title: string;
  readonly taskId: string | null;
  readonly executionId: string | null;
  /** The change with a fixed schedule: "tomorrow" and the default zone mean the same whenever it is applied. */
  readonly fixed: ProposedChange;
  /** The instant of a one-shot, in epoch ms; applying the change later would be pointless. Null for other changes. */
  readonly dueMs: number | null;
  readonly preview: Omit<ProposalPreview, 'changedMeanwhile' | 'problem'>;
}

interface TaskEffect extends Pick<ChangeEffect, 'fixed' | 'dueMs'> {
  readonly before: Task | null;
  readonly after: Task | null;
  readonly warnings: readonly string[];
  /** The part of the title after the task's name. */
  readonly rest?: string;
}

type ChangeOf<A extends ProposedChange['action']> = Extract<ProposedChange, { action: A }>;

/** Previews a change: returns what it would do, or throws what applying it would throw. Changes nothing. */
export class ChangePreview {
  readonly #needs: ChangePreviewNeeds;

  constructor(needs: ChangePreviewNeeds) {
    this.#needs = needs;
  }

  /**
   * @param options.askServers false does not ask the servers of tools, for a list of proposals
   * @throws SchedulerError what applying it would throw: `task/…`, `schedule/…`, `execution/…`, `store/…`.
   */
  async of(
    change: ProposedChange,
    { askServers = true }: { readonly askServers?: boolean } = {},
  ): Promise<ChangeEffect> {
    switch (change.action) {
      case 'create':
        return this.#create(change, askServers);
      case 'update':
        return this.#update(change, askServers);
      case 'cancel':
        return this.#cancel(change);
      case 'test':
        return this.#test(change, askServers);
      case 'undo':
        return this.#undo(change);
      case 'add-calendar':
        this.#needs.calendars.assertNew(change.name);
        return calendarEffect(change, changeBasis(change, null, surroundingsOf(change, null, this.#needs)));
      case 'skip-next':
        return this.#skipNext(change);
      case 'backfill':
        return this.#backfill(change);
      default:
        return this.#stateOf(change);
    }
  }

  async #create(change: ChangeOf<'create'>, askServers: boolean): Promise<ChangeEffect> {
    const { validate, testRun } = change;
    const given = parseDraft(change.draft);
    const { spec, answer } = await this.#needs.tasks.understand(given.schedule, given.timezone, {
      endDate: given.endDate,
    });
    const draft = withBounds(given, answer);
    assertDates(draft, this.#needs.clock.now());
    const after: Task = {
      id: '\0new',
      ...fieldsOfDraft(draft),
      timingId: '',
      ...storedSchedule(spec),
      createdAt: this.#needs.clock.nowIso(),
      status: draft.active === false ? 'paused' : 'active',
    };
    checkChains(this.#needs.store.read(), after);
    const doubts = await this.#check(after, validate && askServers);
    const warnings = [
      ...(validate ? [] : [unchecked]),
      ...(testRun ? ['Approving runs the task once immediately. The task is created only if that run succeeds.'] : []),
      ...answer.warnings,
      ...doubts,
    ];
    const fixed = { ...change, draft: { ...withBounds(change.draft, answer), ...fixedSchedule(spec) } };
    return this.#effect('Create', { fixed, dueMs: dueOf(spec), before: null, after, warnings });
  }

  async #update(proposed: ChangeOf<'update'>, askServers: boolean): Promise<ChangeEffect> {
    const { tasks, store } = this.#needs;
    const { taskId, validate, testRun } = proposed;
    const file = store.read();
    const before = findTask(file, taskId);
    const change = parseChange(proposed.change, before);
    const after = changedTask(before, change);
    let told: readonly string[] = [];
    let fixed = proposed;
    let dueMs: number | null = null;
    if (change.schedule !== undefined || change.timezone !== undefined) {
      const { spec, answer } = await tasks.understand(
        change.schedule ?? scheduleText(before),
        change.timezone ?? before.timezone,
        { endDate: after.endDate },
      );
      setSchedule(after, storedSchedule(spec));
      Object.assign(after, withBounds({}, answer));
      told = answer.warnings;
      dueMs = dueOf(spec);
      // A change of the zone alone depends on no date, and must not bring back a schedule replaced meanwhile.
      if (change.schedule !== undefined)
        fixed = { ...proposed, change: { ...withBounds(proposed.change, answer), ...fixedSchedule(spec) } };
    }
    if (change.schedule !== undefined || change.startDate !== undefined || change.endDate !== undefined)
      assertDates(after, this.#needs.clock.now());
    if (change.active !== undefined) setActive(after, change.active, this.#needs.clock.nowIso());
    const sameCall = change.tool === undefined && change.parameters === undefined;
    checkChains(file, after, before);
    const doubts = await this.#check(after, validate && askServers, sameCall);
    const warnings = [
      ...(validate ? [] : [unchecked]),
      ...(testRun === true
        ? ['Approving runs the changed task once immediately. It is changed only if that run succeeds.']
        : []),
      ...told,
      ...doubts,
    ];
    return this.#effect('Change', { fixed, dueMs, before, after, warnings });
  }

  #stateOf(change: ChangeOf<'pause' | 'resume' | 'delete' | 'trigger'>): ChangeEffect {
    const before = findTask(this.#needs.store.read(), change.taskId);
    const after = structuredClone(before);
    const warnings: string[] = [];
    const effect = { fixed: change, dueMs: null, before, after, warnings };
    switch (change.action) {
      case 'delete':
        warnings.push('A deleted task no longer runs. Its past runs stay on record.');
        return this.#effect('Delete', { ...effect, after: null });
      case 'trigger':
        return this.#effect('Run', { ...effect, rest: ' now' });
      case 'resume':
        setActive(after, true, this.#needs.clock.nowIso());
        return this.#effect('Resume', effect);
      case 'pause':
        setActive(after, false, this.#needs.clock.nowIso());
        if (change.until !== undefined) after.pausedUntil = change.until;
        if (change.note !== undefined) after.pauseNote = change.note;
        return this.#effect('Pause', effect);
    }
  }

  async #test(change: ChangeOf<'test'>, askServers: boolean): Promise<ChangeEffect> {
    const { draft } = change;
    assertKnownPolicies(draft.policies);
    const { name, tool, parameters, workingDirectory, env, policies } = draft;
    const after: Task = {
      ...{ id: '\0test', name, tool, parameters, ...definedOf({ workingDirectory, env, policies }) },
      ...{ timingId: '', cronExpression: '0 0 1 1 *', timezone: 'UTC' },
      ...{ createdAt: this.#needs.clock.nowIso(), status: 'paused' as const },
    };
    const doubts = await this.#check(after, draft.validate && askServers);
    const warnings = ['Approving runs this once, immediately. No task is created.', ...doubts];
    const effect = this.#effect('Test', { fixed: change, dueMs: null, before: null, after, warnings });
    // The draft has no schedule, and no state.
    const shown = effect.preview.differences.filter(({ field }) => field !== 'Schedule' && field !== 'State');
    return { ...effect, preview: { ...effect.preview, differences: shown, schedule: null } };
  }

  #skipNext(change: ChangeOf<'skip-next'>): ChangeEffect {
    const before = findTask(this.#needs.store.read(), change.taskId);
    const slot = change.slot ?? slotToSkip(before, this.#needs.clock.now(), this.#needs.coming);
    const dueMs = Date.parse(slot);
    const after = { ...structuredClone(before), skipUntil: slot };
    const fixed = { ...change, slot };
    const effect = this.#effect('Skip the next run of', { fixed, dueMs, before, after, warnings: [] });
    const { preview } = effect;
    const nextRuns = preview.nextRuns.filter((next) => next > slot);
    const differences = [{ field: 'Skipped run', before: null, after: slot }, ...preview.differences];
    return { ...effect, preview: { ...preview, nextRuns, differences } };
  }

  #backfill(change: ChangeOf<'backfill'>): ChangeEffect {
    const before = findTask(this.#needs.store.read(), change.taskId);
    const slots = change.slots.map(({ slot }) => slot);
    const rest = ` for ${slots.length === 1 ? '1 past slot' : `${slots.length} past slots`}`;
    const warnings = slots.length === 1 ? [] : ['Approving starts all of these runs, one after another.'];
    const effect = this.#effect('Run', {
      ...{ fixed: change, dueMs: null, before, after: structuredClone(before), warnings, rest },
    });
    const difference = { field: 'Slots that run', before: null, after: slots.join('\n') };
    const { preview } = effect;
    return { ...effect, preview: { ...preview, differences: [difference, ...preview.differences] } };
  }

  #undo(change: ChangeOf<'undo'>): ChangeEffect {
    const { store, history } = this.#needs;
    const { tasks } = store.read();
    const undone = undoneTask(history.get(change.changeId), tasks);
    const before = Object.hasOwn(tasks, undone.taskId) ? (tasks[undone.taskId] ?? null) : null;
    const tool = undone.tool === undefined ? (before?.tool ?? null) : undone.tool;
    const call = tool === null ? null : { tool, parameters: undone.parameters ?? before?.parameters ?? {} };
    const names = call === null ? [] : agentServerNames(call.tool, call.parameters);
    const fixed = {
      ...change,
      taskId: undone.taskId,
      tool,
      ...(names.length === 0 ? {} : { agentServers: [...names] }),
    };
    const surroundings = surroundingsOf(fixed, before, this.#needs);
    const servers = tool === null ? null : serverFacts(fixed, this.#usedBy(before), { tool, ...surroundings });
    return {
      title: `Undo change ${change.changeId} (${undone.action}) of ${named(before?.name ?? undone.name)}`,
      ...{ taskId: before?.id ?? null, executionId: null, fixed, dueMs: null },
      preview: {
        differences: [...undone.differences, ...(servers?.differences ?? [])],
        unchanged: [...unchangedFacts(before, before, tasks), ...(servers?.unchanged ?? [])],
        ...{ schedule: null, nextRuns: [], command: null },
        warnings: promptFileWarning(fixed, call).map(plain),
        basis: changeBasis(fixed, before, surroundings),
      },
    };
  }

  #cancel(fixed: ChangeOf<'cancel'>): ChangeEffect {
    const { executionId } = fixed;
    const execution = foundExecution(this.#needs.ledger.get(executionId), executionId);
    if (execution.status !== 'running') {
      const message = `The run ${executionId} has already ended, with status ${execution.status}.`;
      throw new SchedulerError('execution/not-running', message, { executionId, status: execution.status });
    }
    return {
      title: `Stop the run of ${named(execution.taskName)}`,
      taskId: execution.taskId,
      executionId,
      fixed,
      dueMs: null,
      preview: {
        differences: [{ field: 'Run', before: `running since ${execution.startedAt}`, after: 'stopped' }],
        unchanged: [],
        schedule: null,
        nextRuns: [],
        command: commandOf(execution.tool, execution.parameters),
        warnings: [],
        basis: execution.status,
      },
    };
  }

  #usedBy(task: Task | null) {
    return task === null ? null : { tool: task.tool, ...configuredServers(task, this.#needs) };
  }

  #check(task: Task, validate: boolean, sameCall = false): Promise<string[]> {
    return this.#needs.tasks.check(task, { validate }, task.status !== 'active', sameCall);
  }

  #effect(verb: string, { fixed, dueMs, before, after, warnings, rest = '' }: TaskEffect): ChangeEffect {
    const task = after ?? before;
    if (task === null || fixed.action === 'cancel') throw new Error('a change without a task');
    const surroundings = surroundingsOf(fixed, before, this.#needs);
    const servers = serverFacts(fixed, this.#usedBy(before), { tool: task.tool, ...surroundings });
    const found = [...promptFileWarning(fixed, task), ...namesakeWarning(surroundings.namesakes)];
    const runs = after?.status === 'active' ? this.#needs.tasks.nextRunsOf(after) : [];
    const { tasks } = this.#needs.store.read();
    return {
      title: `${verb} ${named(before?.name ?? task.name)}${rest}`,
      taskId: before?.id ?? null,
      executionId: null,
      fixed,
      dueMs,
      preview: {
        differences: [...differences(before, after, tasks), ...servers.differences],
        unchanged: [...unchangedFacts(before, after, tasks), ...servers.unchanged],
        schedule: { sentence: sentence(specOf(task), neutralClock), timezone: task.timezone },
        nextRuns: runs,
        command: commandOf(task.tool, task.parameters),
        warnings: [...warnings, ...found].map(plain),
        basis: changeBasis(fixed, before, surroundings),
      },
    };
  }
}

const unchecked = 'The agent asked to skip the check of the tool and its parameters.';

function named(name: string): string {
  return `"${plain(name)}"`;
}

function dueOf(spec: ScheduleSpec): number | null {
  return spec.kind === 'once' ? spec.atMs : null;
}
