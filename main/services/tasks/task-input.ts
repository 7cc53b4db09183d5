import { scheduleText } from '../../contract/schedule-rule.ts';
import type { CalendarPolicy } from '../../contract/calendars.ts';
import type { Task, TaskChange } from '../../contract/task.ts';
import type { TimeStyle } from '../../contract/time-style.ts';
import type { Understood } from '../../domain/phrase/understand-schedule.ts';
import { assertTimeZone } from '../../domain/timing/time-zone.ts';
import { withDaysOff, type DaysOffNeeds } from '../calendars/days-off.ts';
import { assertDates, withBounds } from './schedule-bounds.ts';
import { checkDefinition, checkTool, parseDraft, type MachineChecks } from './task-checks.ts';
import { fieldsOfDraft, type TaskFields } from './task-edit.ts';
import type { ToolVerdict } from './tool-verdict.ts';

/** What a task says besides its schedule, where a schedule is read. */
interface UnderstoodFor {
  readonly calendars?: CalendarPolicy | undefined;
  /** ISO instant. */
  readonly endDate?: string | null | undefined;
}

interface TaskInputNeeds extends DaysOffNeeds {
  readonly checks: MachineChecks;
  /** Asks a tool's server whether it takes these parameters. */
  readonly verifyTool: (tool: string, parameters: Task['parameters']) => Promise<ToolVerdict>;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly timeStyle: () => TimeStyle;
}

interface CheckOptions {
  /** False saves a tool or parameters that look wrong (`--skip-validation`). @default true */
  readonly validate?: boolean;
}

/** Reads and checks what a person or an agent gives for a task. Saves nothing. */
export class TaskInput {
  readonly #needs: TaskInputNeeds;

  constructor(needs: TaskInputNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns what `schedule` means in `timezone`, without saving anything. The calendars and the end date are those of its task.
   * @throws SchedulerError `schedule/…`.
   */
  async understand(schedule: string, timezone?: string, of: UnderstoodFor = {}): Promise<Understood> {
    // Loaded on use: firing a group, which the OS does at every slot, does not parse phrases.
    const { understandSchedule } = await import('../../domain/phrase/understand-schedule.ts');
    const { clock, machineTimezone, timeStyle } = this.#needs;
    const zone = timezone === undefined ? {} : { timezone: assertTimeZone(timezone) };
    const now = { nowMs: clock.now(), machineTimezone: machineTimezone(), clock: timeStyle().clock };
    const { calendars, endDate } = of;
    const endMs = typeof endDate === 'string' ? Date.parse(endDate) : undefined;
    const understood = understandSchedule(schedule, { ...now, ...zone, endMs });
    return calendars === undefined ? understood : withDaysOff(understood, calendars, this.#needs);
  }

  /**
   * Checks a task as saving would. A change of other fields does not ask the tool's server again.
   * @returns warnings
   * @throws SchedulerError `task/…`.
   */
  async check(task: TaskFields, options: CheckOptions, paused: boolean, sameCall = false): Promise<string[]> {
    if (options.validate === false) return [];
    await checkDefinition(task, this.#needs.checks);
    const doubts = sameCall ? [] : await checkTool(task, this.#needs.verifyTool, paused);
    const { tool, parameters = {} } = task.policies?.probe ?? {};
    // A change of something else must not need the server of the probe.
    if (tool !== undefined) doubts.push(...(await checkTool({ tool, parameters }, this.#needs.verifyTool, true)));
    return [...doubts, ...(await this.#needs.checks.secretWarnings(task))];
  }

  /** Reads and checks a new task. @throws SchedulerError `task/…`, `schedule/…`. */
  async draft(input: unknown, options: CheckOptions) {
    const given = parseDraft(input);
    const understood = await this.understand(given.schedule, given.timezone, given);
    const draft = withBounds(given, understood.answer);
    assertDates(draft, this.#needs.clock.now());
    const doubts = await this.check(fieldsOfDraft(draft), options, draft.active === false);
    return { draft, understood, doubts };
  }

  /** Returns what the schedule of a change means; null if it changes none. @throws SchedulerError `schedule/…`. */
  async scheduleOf(
    before: Task,
    change: Pick<TaskChange, 'schedule' | 'timezone' | 'endDate'>,
  ): Promise<Understood | null> {
    if (change.schedule === undefined && change.timezone === undefined) return null;
    return this.understand(change.schedule ?? scheduleText(before), change.timezone ?? before.timezone, {
      endDate: change.endDate === undefined ? before.endDate : change.endDate,
    });
  }
}
