import type { GroupTarget } from '../contract/transfer.ts';
import type { Task, Timing } from '../contract/task.ts';
import type { ScheduleSpec } from '../domain/timing/schedule-spec.ts';

export interface GroupInput {
  readonly timing: Timing;
  readonly schedule: ScheduleSpec;
  /** The tasks of the group that run a command; other tasks need this app. */
  readonly tasks: readonly Task[];
}

/** What another scheduler needs to run the group without this app. */
export interface GroupArtifacts {
  /** Each `path` is a file name. */
  readonly artifacts: readonly { readonly path: string; readonly content: string }[];
  /** Sentences about what the other scheduler cannot express, and about tasks that are left out. */
  readonly notes: readonly string[];
  /** How many tasks the artifacts hold. A task that the format cannot hold unchanged is left out, with a note. */
  readonly tasks: number;
}

export interface GroupExporter {
  /** Pure and total. */
  exportGroup(target: GroupTarget, group: GroupInput): GroupArtifacts;
}
