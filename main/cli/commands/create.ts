import { builtInNames, builtIns } from '../../contract/built-in/built-ins.ts';
import type { BuiltInToolName } from '../../contract/built-in/built-ins.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { flag, required } from '../option.ts';
import { describeCreated } from '../text/describe-task.ts';
import { withChoices } from '../../application/tools/tool-choices.ts';
import { runsOnOption } from './fleet/share.ts';
import { agentFields, agentOptions } from './agent-options.ts';
import { definitionOptions, draftFields, policyOptions, saveAnyway, savingOptions } from './task-options.ts';

/** An example for each built-in tool: what stands before and after its parameters. */
export const exampleTasks = {
  'shell:run': {
    task: '--name "Backup" --schedule "every weekday at 9"',
    policies: '',
    does: 'run a shell line on weekdays',
  },
  'http:request': {
    task: '--name "Ping" --schedule "*/5 * * * *"',
    policies: ' --timeout 30s --retries 2',
    does: 'send an HTTP request every five minutes, with two retries',
  },
  'agent:run': {
    task: '--name "Digest" --schedule "every weekday at 8" --cwd /srv/project',
    policies: ' --timeout 30m',
    does: 'give Claude Code a prompt in a folder on weekdays, for half an hour at most',
  },
} as const satisfies Readonly<Record<BuiltInToolName, { task: string; policies: string; does: string }>>;

export const createCommand = defineCommand({
  name: 'create',
  summary: 'Create a task.',
  description:
    'The schedule is checked first: if it cannot be understood, nothing is saved. The task joins the group of its schedule, and an entry for the group is installed in the OS scheduler. A tool of an MCP server is checked with that server. If the server cannot be reached, use --paused to save the task paused, or --skip-validation to save it without the check.',
  byPerson: (raw) => (raw.has('runs-on') ? 'create --runs-on' : null),
  positionals: {},
  options: {
    ...definitionOptions,
    name: required(definitionOptions.name),
    ...agentOptions,
    ...policyOptions,
    'fire-once': flag('Complete the task after the first slot that succeeds.'),
    paused: flag('Create the task paused.'),
    'runs-on': runsOnOption,
    'test-run': flag('Run the task once first, and create it only if the run succeeds.'),
    ...savingOptions,
  },
  answers: 'task, timing, nextRuns (5), warnings, usage; testRun with --test-run.',
  examples: [
    ...builtInNames.map((tool) => {
      const { task, policies, does } = exampleTasks[tool];
      const params = JSON.stringify(builtIns[tool].example);
      return { line: `create ${task} --tool ${tool} --params '${params}'${policies}`, does };
    }),
    {
      line: `create --name Deploy --on-demand --tool shell:run --params '{"command":"./deploy.sh"}'`,
      does: 'save a task that runs only when it is started',
    },
    {
      line: 'create --name "Digest" --schedule "every weekday at 8" --agent codex --prompt "Summarise the commits of the last day" --permissions read',
      does: 'give Codex a prompt, and let it only look',
    },
  ],
  run: async (context, args) => {
    const application = await context.application();
    const tasks = await application.tasks();
    const { name } = args;
    const asked = agentFields(args, null);
    const tool = asked.tool ?? args.tool;
    if (tool === undefined) throw withoutTool();
    const fields = await draftFields(args, tasks);
    const { schedule } = fields;
    if (schedule === undefined)
      throw new SchedulerError('usage/missing-argument', 'create needs either --schedule or --on-demand.');
    const draft = {
      ...fields,
      ...asked,
      name,
      schedule,
      tool,
      ...(args['fire-once'] ? { fireOnce: true } : {}),
      ...(args.paused ? { active: false } : {}),
    };
    const done = context.progress(args['test-run'] ? `Running ${name} once` : `Checking ${tool}`);
    try {
      const options = { installEntry: !args['no-os'], validate: !args['skip-validation'] };
      const { stop } = context.environment;
      const runsOn = args['runs-on'];
      const create = async () =>
        args['test-run']
          ? (await application.testedTasks()).create(draft, 'cli', { ...options, stop })
          : tasks.create(draft, 'cli', options);
      if (runsOn === undefined) return await create();
      const { placement, ...created } = await (await application.fleet()).createShared(create, runsOn, 'cli');
      return placement === null ? created : { ...created, warnings: [...created.warnings, placement] };
    } catch (error) {
      throw withChoices(error, saveAnyway);
    } finally {
      done();
    }
  },
  text: describeCreated,
});

function withoutTool(): SchedulerError {
  const message = 'create needs --tool, or --agent with a prompt. See `ncp-scheduler create --help`.';
  return new SchedulerError('usage/missing-argument', message, { missing: ['--tool'] });
}
