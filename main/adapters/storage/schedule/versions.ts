/** Turns the document of one version of `schedule.json` into that of the next. Pure: it gets a copy it may edit. */
export interface ScheduleStep {
  readonly from: string;
  readonly to: string;
  readonly upgrade: (raw: Record<string, unknown>) => Record<string, unknown>;
}

/**
 * The steps from each version to the next, oldest first, each with a comment that says why the form changed. A step that
 * shipped is never edited: add another one, and a stored file of the version it starts from to `fixtures/schedule`.
 *
 * None yet: 2.0.0 is the first version this app wrote. ncp's own files, 1.0.0 and another 2.0.0, are no earlier versions
 * of ours but another program's; `services/migration` takes them over.
 */
export const scheduleSteps: readonly ScheduleStep[] = [];

/** The document in the newest form. One of an unknown version, or of none, is handed back as it is. */
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
