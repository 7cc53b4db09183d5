import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

const markerSchema = z.object({
  version: z.string(),
  namespace: z.string(),
  timingId: z.string(),
  key: z.string(),
});

const taskSchema = z.object({
  Task: z.object({
    RegistrationInfo: z.object({ Documentation: z.string().optional() }).optional(),
    Triggers: z.unknown(),
    Settings: z.object({ Enabled: z.string().default('true') }).optional(),
    Actions: z.object({ Exec: z.object({ Command: z.string(), Arguments: z.string().default('') }) }),
  }),
});

/** The parts of a task that decide what it does. Task Scheduler rewrites the rest of the XML. */
export interface InstalledTask {
  readonly marker: z.infer<typeof markerSchema> | null;
  readonly command: string;
  readonly arguments: string;
  readonly enabled: boolean;
  /** Comparable text of all triggers, independent of their order. */
  readonly triggers: string;
}

/** Returns the task, or null for XML that is not a task with one command. */
export function readTask(xml: string): InstalledTask | null {
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    isArray: (name) => ['TimeTrigger', 'CalendarTrigger', 'Day', 'Week'].includes(name),
  });
  const parsed = parsedOrNull(() => taskSchema.safeParse(parser.parse(xml)).data ?? null);
  if (parsed === null) return null;
  const { RegistrationInfo, Triggers, Settings, Actions } = parsed.Task;
  const documentation = RegistrationInfo?.Documentation ?? '';
  return {
    marker: parsedOrNull(() => markerSchema.safeParse(JSON.parse(documentation)).data ?? null),
    command: Actions.Exec.Command,
    arguments: Actions.Exec.Arguments,
    enabled: Settings?.Enabled !== 'false',
    triggers: canonicalText(Triggers),
  };
}

/** Returns null if the parser throws: the text is then not a task of this app. */
function parsedOrNull<T>(parse: () => T | null): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

/** Returns a comparable text: keys and lists sorted, without what Task Scheduler adds. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).sort().join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(String(value));
  const entries = Object.entries(value)
    // Task Scheduler may write the account of a logon trigger as a name or as a number (SID).
    .filter(([key]) => key !== 'UserId')
    .filter(
      ([key, child]) => !(key === 'Enabled' && child === 'true') && !(key === 'StopAtDurationEnd' && child === 'false'),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, child]) => `${key}:${canonicalText(child)}`).join(',')}}`;
}
