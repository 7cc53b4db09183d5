import { builtInNames } from '../../contract/built-in/built-ins.ts';
import type { Application } from '../../application/application.ts';
import { defineService } from '../command.ts';
import { completionLookups, formerLookups, lookupOf } from '../completion-lookups.ts';
import type { CompletionLookup } from '../completion-lookups.ts';
import { oneOf, required } from '../option.ts';

interface Candidate {
  readonly value: string;
  readonly describe: string;
}

const runsOffered = 50;
// oxlint-disable-next-line no-control-regex -- a control character would break the lines that shells read
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

export const completeCommand = defineService({
  name: '_complete',
  reads: true,
  summary: 'List the values of a placeholder of help. Called by shell completion.',
  positionals: {
    word: required(oneOf('The placeholder.', [...completionLookups, ...Object.keys(formerLookups)])),
  },
  options: {},
  answers: 'one line per value: the value, a tab, a description.',
  examples: [{ line: '_complete TASK', does: 'list task names, and ids where a name is not unique' }],
  stream: async (context, { word }) => {
    const lookup = formerLookups[word] ?? lookupOf(word);
    const found = lookup === null ? [] : await lookups[lookup](context.application);
    const lines = found
      .filter(({ value }) => value !== '' && !unfit.test(value))
      .map(({ value, describe }) => `${value}\t${unfit.test(describe) ? '' : describe}\n`);
    await context.stdout.write(lines.join(''));
    return 0;
  },
});

type Lookup = (application: () => Promise<Application>) => Promise<Candidate[]> | Candidate[];

const lookups: Readonly<Record<CompletionLookup, Lookup>> = {
  TASK: async (application) => {
    const tasks = await tasksOf(application);
    const names = tasks.map(({ name }) => name);
    const taken = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    return tasks.map(({ id, name, status }) =>
      !taken.has(name) && !unfit.test(name) ? { value: name, describe: status } : { value: id, describe: name },
    );
  },
  GROUP: async (application) =>
    unique(await tasksOf(application), ({ timingId, cronExpression, timezone }) => ({
      value: timingId,
      describe: `${cronExpression} ${timezone}`,
    })),
  TAG: async (application) =>
    unique(
      (await tasksOf(application)).flatMap(({ tags }) => tags ?? []),
      (tag) => ({ value: tag, describe: '' }),
    ),
  TOOL: async (application) =>
    unique([...builtInNames, ...(await tasksOf(application)).map(({ tool }) => tool)], (tool) => ({
      value: tool,
      describe: '',
    })),
  RUN: async (application) => {
    const executions = await (await application()).executions();
    return executions
      .list({ limit: runsOffered, offset: 0 })
      .executions.map(({ executionId, taskName, status, startedAt }) => ({
        value: executionId,
        describe: `${taskName}, ${status}, ${startedAt}`,
      }));
  },
  ZONE: () => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({ value: zone, describe: '' })),
};

async function tasksOf(application: () => Promise<Application>) {
  return (await (await application()).tasks()).list();
}

function unique<T>(items: readonly T[], candidateOf: (item: T) => Candidate): Candidate[] {
  return [...new Map(items.map((item) => [candidateOf(item).value, candidateOf(item)])).values()];
}
