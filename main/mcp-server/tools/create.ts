import { z } from 'zod';
import { withChoices } from '../../application/tools/tool-choices.ts';
import { cliResults } from '../../contract/cli.ts';
import { definedOf } from '../../domain/defined.ts';
import { waitSeconds } from '../bounded-wait.ts';
import { defineChangeTool } from '../change-tool.ts';
import { withOwnSecrets } from '../hidden-fields.ts';
import { changes } from '../own-tool.ts';
import { definitionShape, instantOf } from '../parameters.ts';
import { lines, nextRunsLine, quoted, runText, taskLine } from '../answers/text.ts';
import { boundedAnswer } from '../answers/whole.ts';

const { name, schedule, tool, parameters, ...optional } = definitionShape;

export const createTool = defineChangeTool({
  name: 'create',
  title: 'Create a task',
  description:
    'Creates a task that runs a tool on a schedule, even after this conversation has ended. Tell the user how the schedule was understood and when the task runs next. If you are not sure of the tool or the schedule, call validate first.',
  input: z.strictObject({
    name,
    schedule,
    tool,
    parameters,
    ...z.strictObject(optional).partial().shape,
    testRun: z.boolean().optional().describe('Run the task once first, and create it only if the run succeeds.'),
    wait: waitSeconds,
    skipValidation: z.boolean().optional().describe('Save the task even if its tool or parameters are not valid.'),
  }),
  output: cliResults.create,
  hints: { ...changes, openWorldHint: true },
  waits: ({ testRun, wait }) => (testRun === true ? wait : null),
  change: async ({ testRun, skipValidation, startDate, endDate, wait: _wait, ...fields }, context) => {
    const application = await context.application();
    const start = startDate === undefined ? undefined : await instantOf(startDate, 'startDate', 'future', application);
    const end = endDate === undefined ? undefined : await instantOf(endDate, 'endDate', 'future', application);
    return {
      action: 'create' as const,
      draft: (await application.tasks()).readDraft(
        withOwnSecrets(definedOf({ ...fields, startDate: start, endDate: end }), null),
      ),
      validate: skipValidation !== true,
      testRun: testRun === true,
    };
  },
  explain: (error) => withChoices(error, { paused: 'active: false', unchecked: 'skipValidation: true' }),
  answer: (created) => created,
  shown: boundedAnswer,
  text: ({ task, timing, nextRuns, warnings, testRun }) =>
    lines(`Created ${taskLine(task)}.`, [
      `Schedule: ${quoted(timing.sentence)}, time zone ${quoted(timing.timezone)}.`,
      nextRunsLine(nextRuns),
      ...warnings.map((warning) => `Note: ${quoted(warning)}`),
      ...(testRun === undefined ? [] : [`Test run: ${runText(testRun)}`]),
    ]),
});
