import type { GroupArtifacts } from '../../../ports/group-exporter.ts';

/** The facts about the machine that every export of a group needs. */
export interface ExportContext {
  readonly machineTimezone: string;
  readonly nowMs: number;
  readonly homeDir: string;
}

/** The files of a group, and what they cannot express. */
export type Exported = Pick<GroupArtifacts, 'artifacts' | 'notes'>;
