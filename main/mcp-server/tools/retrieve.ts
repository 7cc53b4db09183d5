import { z } from 'zod';
import type { Application } from '../../application/application.ts';
import { executionSchema, executionStatusSchema } from '../../contract/execution.ts';
import { taskStatusSchema, taskViewSchema } from '../../contract/task.ts';
import { definedOf } from '../../domain/defined.ts';
import { fitting, pageOf, pageText, paging, startOf } from '../answers/pages.ts';
import { cutHint, pieceOf, pieceParameters, pieceSchema, pieceText } from '../answers/pieces.ts';
import { bounded, listed } from '../answers/shortened.ts';
import { executionLine, lines, quoted, runText, taskLine } from '../answers/text.ts';
import { defineTool, reads } from '../own-tool.ts';
import { executionId, jobId, pastInstants, taskIdOf, timeSpan } from '../parameters.ts';
import type { ToolContext } from '../own-tool.ts';

const input = z.strictObject({
  include: z
    .enum(['jobs', 'executions', 'both'])
    .default('jobs')
    .describe('What to search: jobs are tasks (default), executions are runs.'),
  query: z
    .string()
    .max(200)
    .optional()
    .describe('Only entries with this text in the name, tool, description or error.'),
  job_id: jobId.optional(),
  execution_id: executionId.optional().describe('Show exactly this run, with its result.'),
  status: z
    .enum(['all', ...taskStatusSchema.options, ...executionStatusSchema.options])
    .optional()
    .describe('A status of tasks filters tasks, one of runs filters runs.'),
  ...timeSpan,
  ...paging,
  part: pieceParameters.part,
});
type Search = z.output<typeof input>;

/** Most characters of the JSON of one run. Its text has them a second time. */
const mostOfRun = 40_000;

const output = z.object({
  tasks: z.array(taskViewSchema).optional(),
  totalTasks: z.number().int().optional(),
  /** With `result` only for `execution_id`. */
  executions: z.array(executionSchema.partial({ result: true })).optional(),
  totalExecutions: z.number().int().optional(),
  page: z.number().int(),
  nextOffset: z.number().int().optional(),
  /** The fields of the run that were shortened. */
  cut: z.array(z.string()).optional(),
  piece: pieceSchema.optional(),
});
type Found = z.input<typeof output>;

export const retrieveTool = defineTool({
  name: 'retrieve',
  title: 'Search tasks and runs',
  description:
    'Searches tasks, runs or both, in pages. With execution_id, shows exactly that run: outcome, exit code, result and where its log is.',
  input,
  output,
  hints: reads,
  run: async (search, context) => {
    const application = await context.application();
    const wantsTasks = search.include !== 'executions' && search.execution_id === undefined;
    const wantsRuns = search.include !== 'jobs' || search.execution_id !== undefined;
    return {
      page: search.page,
      ...(wantsTasks ? await findTasks(application, search) : {}),
      ...(wantsRuns ? await findRuns(application, search, context) : {}),
    };
  },
  shown: (found, search) => (search.execution_id === undefined ? shownEntries(found, search) : shownRun(found, search)),
  text: ({ tasks, totalTasks, executions, totalExecutions, nextOffset, cut, piece }) => {
    if (piece !== undefined) return pieceText(piece);
    const [run] = executions ?? [];
    if (run !== undefined && 'result' in run) {
      const call = `retrieve with execution_id ${quoted(run.executionId)} and`;
      return [runText(run), cutHint(cut ?? [], call)].filter((line) => line !== null).join('\n');
    }
    const parts = [
      ...(tasks === undefined ? [] : [lines(`${totalTasks ?? 0} tasks.`, tasks.map(taskLine))]),
      ...(executions === undefined ? [] : [lines(`${totalExecutions ?? 0} runs.`, executions.map(executionLine))]),
    ];
    return pageText(parts.join('\n'), [], nextOffset);
  },
});

function shownEntries(found: Found, query: Search): Found {
  const { tasks, totalTasks = 0, executions, totalExecutions = 0 } = found;
  const share = tasks !== undefined && executions !== undefined ? 0.5 : 1;
  const runs = fitting((executions ?? []).map(listed), executionLine, query, totalExecutions, share);
  const jobs = fitting((tasks ?? []).map(listed), taskLine, query, totalTasks, share);
  // Of both lists, the next page begins where the shorter one ends, so that no entry is left out.
  const ends = [jobs.nextOffset, runs.nextOffset].filter((end) => end !== undefined);
  return {
    ...found,
    ...(tasks === undefined ? {} : { tasks: jobs.entries }),
    ...(executions === undefined ? {} : { executions: runs.entries }),
    ...(ends.length === 0 ? {} : { nextOffset: Math.min(...ends) }),
  };
}

function shownRun(found: Found, { part, offset = 0 }: Search): Found {
  const [run] = found.executions ?? [];
  if (run === undefined) return found;
  if (part !== undefined) return { page: found.page, piece: pieceOf(run, part, offset) };
  const { value, cut } = bounded(run, mostOfRun);
  return { ...found, executions: [value], ...(cut.length === 0 ? {} : { cut: [...cut] }) };
}

async function findTasks(application: Application, search: Search): Promise<Pick<Found, 'tasks' | 'totalTasks'>> {
  const tasks = await application.tasks();
  const status = taskStatusSchema.safeParse(search.status);
  const filter = definedOf({ query: search.query, status: status.success ? status.data : undefined });
  const wanted = search.job_id === undefined ? null : (await tasks.get(search.job_id)).task.id;
  const all = tasks.list(filter).filter(({ id }) => wanted === null || id === wanted);
  return { tasks: pageOf(all, search), totalTasks: all.length };
}

async function findRuns(
  application: Application,
  search: Search,
  context: ToolContext,
): Promise<Pick<Found, 'executions' | 'totalExecutions'>> {
  const records = await application.executions();
  if (search.execution_id !== undefined) {
    return { executions: [records.find(search.execution_id)], totalExecutions: 1 };
  }
  const status = executionStatusSchema.safeParse(search.status);
  const { executions, total } = records.list({
    ...definedOf({
      query: search.query,
      status: status.success ? status.data : undefined,
      taskId: search.job_id === undefined ? undefined : await taskIdOf(search.job_id, context),
    }),
    ...(await pastInstants(search, application)),
    limit: search.limit,
    offset: startOf(search),
  });
  return { executions: executions.map(({ result: _result, ...run }) => run), totalExecutions: total };
}
