/** A call of a tool, as a model makes it. */
export type Call = readonly [tool: string, parameters: Readonly<Record<string, unknown>>];

/** What a person asks an agent for, and the state that must follow. */
export interface Wish {
  /** In the person's words. */
  readonly wish: string;
  /** What a real model must know besides, so that only one state can follow. @default nothing */
  readonly told?: string;
  /** Tasks that exist before. */
  readonly given?: readonly Readonly<Record<string, unknown>>[];
  /**
   * What a model calls, in order, with its usual wrong first call before the right one. The script ends as soon as a call
   * of its last tool succeeds.
   */
  readonly calls: readonly Call[];
  /** Fields of tasks that must follow, by name; null: there is no such task. */
  readonly tasks?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  /** What the last answer must contain, for wishes that only ask. */
  readonly says?: RegExp;
}

/** A command of the machine, as most wishes need. */
export const shell = (command: string) => ({ tool: 'shell:run', parameters: { command } });

/** A task that exists before the wish. */
export const backup = { name: 'Backup', schedule: 'every day at 9am', ...shell('restic backup ~') };
