import { z } from 'zod';
import type { Application } from '../../application/application.ts';
import { scheduleAnswerSchema } from '../../contract/schedule-answer.ts';
import type { ScheduleAnswer } from '../../contract/schedule-answer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineTool, reads } from '../own-tool.ts';
import { definitionShape, knownParameters } from '../parameters.ts';
import { lines, quoted } from '../answers/text.ts';
import { shortened, sizeOf } from '../answers/shortened.ts';
import { safeLine } from '../../domain/escaped-text.ts';

interface Findings {
  readonly errors: string[];
  readonly warnings: string[];
}

const mostOfSchema = 20_000;

export const validateTool = defineTool({
  name: 'validate',
  title: 'Check a task before saving it',
  description:
    'Checks whether a tool exists and whether the parameters match its JSON schema, and shows what a schedule means. Saves and runs nothing.',
  input: z.strictObject({
    tool: definitionShape.tool,
    parameters: knownParameters.default({}),
    schedule: definitionShape.schedule.optional(),
    timezone: definitionShape.timezone.optional(),
  }),
  output: z.object({
    valid: z.boolean(),
    errors: z.array(z.string()),
    warnings: z.array(z.string()),
    /** What the schedule means; null if none was given or it was not understood. */
    schedule: scheduleAnswerSchema.nullable(),
    /** JSON Schema of the tool's parameters; null if it is not known. */
    schema: z.record(z.string(), z.unknown()).nullable(),
  }),
  hints: { ...reads, openWorldHint: true },
  run: async ({ tool, parameters, schedule, timezone }, context) => {
    const application = await context.application();
    const findings: Findings = { errors: [], warnings: [] };
    const schema = await checkTool(application, tool, parameters, findings);
    const meaning = schedule === undefined ? null : await checkSchedule(application, schedule, timezone, findings);
    return { valid: findings.errors.length === 0, ...findings, schedule: meaning, schema };
  },
  // A server may publish a schema of any size.
  shown: ({ schema, ...found }) => ({
    ...found,
    schema: sizeOf(schema) <= mostOfSchema ? schema : (shortened(schema, mostOfSchema) as typeof schema),
  }),
  text: ({ valid, errors, warnings, schedule, schema }) =>
    lines(valid ? 'The task is valid.' : 'The task is not valid.', [
      ...errors.map((error) => `Error: ${quoted(error)}`),
      ...warnings.map((warning) => `Note: ${quoted(warning)}`),
      ...(schedule === null
        ? []
        : [
            `Schedule: ${quoted(schedule.sentence)}; time zone ${quoted(schedule.timezone)}; next ${schedule.nextRuns.join(', ')}`,
          ]),
      ...(schema === null ? [] : [`Parameters of the tool, as JSON Schema: ${safeLine(schema)}`]),
    ]),
});

async function checkTool(
  application: Application,
  tool: string,
  parameters: Readonly<Record<string, unknown>>,
  { errors, warnings }: Findings,
): Promise<Record<string, unknown> | null> {
  const verdict = await application.verifyTool(tool, parameters);
  errors.push(...verdict.problems);
  // A server that cannot be reached now may be running when the task runs, so the task is not refused.
  if (verdict.unverified !== null) warnings.push(verdict.unverified.reason);
  return verdict.schema === null ? null : { ...verdict.schema };
}

async function checkSchedule(
  application: Application,
  schedule: string,
  timezone: string | undefined,
  { errors, warnings }: Findings,
): Promise<ScheduleAnswer | null> {
  try {
    const { answer } = await (await application.tasks()).understand(schedule, timezone);
    warnings.push(...answer.warnings);
    return answer;
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    errors.push(`schedule: ${error.message}`);
    return null;
  }
}
