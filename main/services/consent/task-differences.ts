import { builtIns, isBuiltIn, summaryOf } from '../../contract/built-in/tools.ts';
import type { FieldDifference, ProposalPreview } from '../../contract/proposal.ts';
import type { Policies, Task } from '../../contract/task.ts';
import { sentence } from '../../domain/timing/sentence.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { plainCode, plainLines } from '../../domain/visible-text.ts';

type Facts = ReadonlyMap<string, string>;

const policyNames: Readonly<Record<string, string>> = {
  timeoutMs: 'Time limit (ms)',
  memoryMb: 'Memory limit (MiB)',
  overlap: 'Overlapping runs',
  catchUp: 'Missed runs',
  catchUpWindowMs: 'Missed runs, how far back (ms)',
  retries: 'Retries',
  pauseAfterFailures: 'Pause after failures',
  jitterMs: 'Start up to this much later (ms)',
  conditions: 'Conditions',
  after: 'Runs after',
  outputLimitBytes: 'Log limit (bytes)',
  nice: 'Niceness',
};

/** Read by people alone; all else is run by a machine. */
const prose: ReadonlySet<string> = new Set(['Name', 'Description', 'Schedule', 'Tags', 'Pause note']);

/** What a person would have to read to know what a task does, field by field, as text harmless to display. */
export function taskFacts(task: Task): Facts {
  const facts: [string, string | undefined][] = [
    ['Name', task.name],
    ['Description', task.description],
    ['Schedule', `${sentence(specOf(task))} (${task.runAt ?? task.cronExpression}), ${task.timezone}`],
    ['Tool', task.tool],
    ...parameterFacts(task),
    ['Working directory', task.workingDirectory],
    ['Environment', task.env === undefined ? undefined : lines(task.env)],
    ['Tags', task.tags?.join(', ')],
    ['Only once', task.fireOnce === true ? 'yes' : undefined],
    ['Successful runs at most', task.maxExecutions?.toString()],
    ['Ends', task.endDate],
    ['Runs what was missed', task.catchupMissed === true ? 'yes' : undefined],
    ...policyFacts(task.policies ?? {}),
    ['State', task.status],
    ['Paused until', task.pausedUntil],
    ['Pause note', task.pauseNote],
  ];
  return new Map(
    facts.flatMap(([field, text]) =>
      text === undefined ? [] : [[plainCode(field), prose.has(field) ? plainLines(text) : plainCode(text)]],
    ),
  );
}

/** What differs, in the order of the fields; `before` null for a task that is new, `after` null for one that goes. */
export function differences(before: Task | null, after: Task | null): FieldDifference[] {
  const [old, fresh] = [before, after].map((task) => (task === null ? new Map<string, string>() : taskFacts(task)));
  const fields = new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])]);
  return [...fields]
    .map((field) => ({ field, before: old?.get(field) ?? null, after: fresh?.get(field) ?? null }))
    .filter(({ before: was, after: is }) => was !== is);
}

/** What a change leaves as it is, in the order of the fields. None for a task that is new or goes. */
export function unchangedFacts(before: Task | null, after: Task | null): ProposalPreview['unchanged'] {
  if (before === null || after === null) return [];
  const fresh = taskFacts(after);
  return [...taskFacts(before)]
    .filter(([field, text]) => fresh.get(field) === text)
    .map(([field, text]) => ({ field, text }));
}

function parameterFacts({ tool, parameters }: Task): [string, string][] {
  const inSummary: readonly string[] = isBuiltIn(tool) ? builtIns[tool].inSummary : [];
  const rest = Object.entries(parameters).filter(([name]) => !inSummary.includes(name));
  const shown: [string, string][] = rest.map(([name, value]) => [`Parameter ${name}`, asText(value)]);
  if (inSummary.length === 0) return shown;
  const summarized = inSummary.map((name) => [name, parameters[name]] as const);
  return [['Command', commandOf(tool, Object.fromEntries(summarized))], ...shown];
}

function policyFacts(policies: Policies): [string, string][] {
  return Object.entries(policies).map(([name, value]) => [policyNames[name] ?? `Policy ${name}`, asText(value)]);
}

/** What would run, on as many lines as it has. */
export function commandOf(tool: string, parameters: Readonly<Record<string, unknown>>): string {
  return plainCode(summaryOf(tool, parameters) ?? `${tool} ${JSON.stringify(parameters)}`);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function lines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}
