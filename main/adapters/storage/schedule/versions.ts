/** Converts the document of one version of `schedule.json` to the next. Pure; may edit the copy it gets. */
export interface ScheduleStep {
  readonly from: string;
  readonly to: string;
  readonly upgrade: (raw: Record<string, unknown>) => Record<string, unknown>;
}

/**
 * The steps from each version to the next, oldest first, each with a comment that explains the change. Never edit a
 * step that was released: add another one, and a stored file of the version it starts from to `fixtures/schedule`.
 *
 * There are none yet: 2.0.0 is the first version this app wrote. ncp's own files, 1.0.0 and another 2.0.0, belong to
 * another program; `services/migration` imports them.
 */
export const scheduleSteps: readonly ScheduleStep[] = [];

/** Returns the document in the newest form. A document with an unknown version, or none, is returned unchanged. */
export function upgraded(
  raw: Readonly<Record<string, unknown>>,
  steps: readonly ScheduleStep[] = scheduleSteps,
): Record<string, unknown> {
  let document: Record<string, unknown> = { ...raw };
  for (const { from, to, upgrade } of steps) {
    if (document['version'] !== from) continue;
    document = { ...upgrade(structuredClone(document)), version: to };
  }
  return document;
}
