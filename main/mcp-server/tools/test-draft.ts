import { z } from 'zod';
import { cliResults } from '../../contract/cli.ts';
import { definedOf } from '../../domain/defined.ts';
import { runText } from '../answers/text.ts';
import { boundedAnswer } from '../answers/whole.ts';
import { longestWaitSeconds, waitSeconds } from '../bounded-wait.ts';
import { defineChangeTool } from '../change-tool.ts';
import { withOwnSecrets } from '../hidden-fields.ts';
import { changes } from '../own-tool.ts';
import { asInCreate, definitionShape, knownParameters } from '../parameters.ts';

const { tool } = definitionShape;
const { workingDirectory, env } = asInCreate({
  workingDirectory: definitionShape.workingDirectory,
  env: definitionShape.env,
});

export const testTool = defineChangeTool({
  name: 'test',
  title: 'Try a tool once',
  description: `Runs a tool once as a task would, and saves no task. Waits up to ${longestWaitSeconds} s; then the run goes on, and retrieve shows its outcome.`,
  input: z.strictObject({
    name: definitionShape.name.default('Test run').describe('Name of the run.'),
    ...{ tool, parameters: knownParameters },
    workingDirectory: workingDirectory.optional(),
    env: env.optional(),
    timeoutMs: z.number().int().positive().optional().describe('Stop the run after this. Default: 300000.'),
    wait: waitSeconds,
    skipValidation: z.boolean().optional().describe('Run it even if it is not valid.'),
  }),
  output: cliResults.trigger,
  hints: { ...changes, openWorldHint: true, destructiveHint: true },
  waits: ({ wait }) => wait,
  change: async ({ wait: _wait, skipValidation, timeoutMs, ...fields }) => {
    const { name, tool: wanted, parameters: given, ...optional } = withOwnSecrets(fields, null);
    const policies = timeoutMs === undefined ? undefined : { timeoutMs };
    const draft = { name, tool: wanted, parameters: given, ...definedOf({ ...optional, policies }) };
    return { action: 'test' as const, draft: { ...draft, validate: skipValidation !== true } };
  },
  answer: (ended) => ended,
  shown: boundedAnswer,
  text: ({ execution }) => runText(execution),
});
