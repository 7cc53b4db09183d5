import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryDir } from '../../../../testing/temporary-dir.ts';

/** A home folder with schedules of each program, in the forms that the programs write. */
export interface AgentsHome {
  readonly homeDir: string;
  /** Paths of the files with the schedules. */
  readonly files: Readonly<Record<'desktop' | 'cowork' | 'code' | 'codex' | 'goose' | 'hermes' | 'coder', string>>;
  write(path: string, text: string): void;
}

type At = (...parts: string[]) => string;
type Write = AgentsHome['write'];

/** The folder is removed at the end of the test. */
export function agentsHome(): AgentsHome {
  const homeDir = temporaryDir();
  const at: At = (...parts) => join(homeDir, ...parts);
  const write: Write = (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const files = {
    desktop: at('.config/Claude/claude-code-sessions/a1/b1/scheduled-tasks.json'),
    cowork: at('.config/Claude/local-agent-mode-sessions/a1/b1/scheduled-tasks.json'),
    code: at('project/.claude/scheduled_tasks.json'),
    codex: at('.codex/automations/weekly-notes/automation.toml'),
    goose: at('.local/share/goose/schedule.json'),
    hermes: at('.hermes/cron/jobs.json'),
    coder: at('.hermes/profiles/coder/cron/jobs.json'),
  };
  writePrompts(at, write);
  const tasks = { scheduledTasks: desktopTasks(at), recordedSkips: {} };
  write(files.desktop, `\uFEFF${JSON.stringify(tasks, null, 2)}\n`);
  write(files.cowork, JSON.stringify({ scheduledTasks: coworkTasks(at) }));
  write(files.code, JSON.stringify({ tasks: codeJobs }, null, '\t').replaceAll('\n', '\r\n'));
  write(files.codex, codexAutomation(at('project')));
  write(files.goose, JSON.stringify([gooseJob(at)], null, 2));
  write(files.hermes, JSON.stringify({ jobs: hermesJobs(at('project')), updated_at: 'x' }, null, 2));
  write(files.coder, JSON.stringify({ jobs: [coderJob] }));
  return { homeDir, files, write };
}

const skillIn = (at: At): string => at('.claude/scheduled-tasks/review/SKILL.md');
const briefIn = (at: At): string => at('Documents/Claude/Scheduled/brief/SKILL.md');
const recipeIn = (at: At): string => at('.local/share/goose/scheduled_recipes/tidy.yaml');

function writePrompts(at: At, write: Write): void {
  const head = '---\nname: review\ndescription: Looks at open pull requests\n---\n';
  write(skillIn(at), `${head}\nReview the open pull requests.\n`);
  write(briefIn(at), 'Write the morning brief.\n');
  const recipe = ['version: 1.0.0', 'title: Tidy up', 'description: Sorts downloads', 'instructions: Be brief.'];
  write(recipeIn(at), [...recipe, 'prompt: Sort ~/Downloads', 'extensions: []', ''].join('\n'));
  write(at('.claude.json'), JSON.stringify({ projects: { [at('project')]: {}, [at('gone')]: {} } }));
}

const desktopTasks = (at: At): object[] => [
  {
    ...{ id: 'review', displayName: 'Review', cronExpression: '*/30 9-20 * * 1-5', enabled: true },
    ...{ filePath: skillIn(at), model: 'claude-sonnet-4-6', cwd: at('project'), permissionMode: 'acceptEdits' },
    approvedPermissions: [{ toolName: 'Bash', ruleContent: 'gh pr list:*' }, { toolName: 'Read' }],
    lastRunAt: 1,
  },
  { id: 'old', cronExpression: '0 1 * * *', enabled: false, prompt: 'Old work' },
];

const coworkTasks = (at: At): object[] => [
  {
    ...{ id: 'brief', fireAt: '2026-12-24T08:00:00.000Z', enabled: true, filePath: briefIn(at) },
    userSelectedFolders: [at('a'), at('b')],
  },
  { id: 'lost', cronExpression: '0 2 * * *', filePath: at('none/SKILL.md') },
];

const createdAt = Date.parse('2026-11-20T10:00:00Z');
const codeJobs = [
  { id: '875bb1c1', cron: '57 8 * * *', prompt: 'Check the build\nand fix it', createdAt, recurring: true },
  { id: '11aa', cron: '0 9 24 12 *', prompt: 'Say hello', createdAt, recurring: false },
];

const gooseJob = (at: At): object => ({
  ...{ id: 'tidy', source: recipeIn(at), cron: '0 0 7 * * *' },
  ...{ last_run: null, currently_running: false, paused: false },
});

const coderJob = {
  ...{ id: 'c1', name: 'Nightly', prompt: 'Run the tests', enabled: true },
  schedule: { kind: 'cron', expr: '0 3 * * *' },
};

const codexAutomation = (folder: string): string => `version = 1
id = "weekly-notes"
kind = "cron"
name = "Weekly release notes"
prompt = """Write the notes.
status = "ACTIVE" is not a field here."""
# only on Fridays
status = "ACTIVE"
rrule = "RRULE:FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0"
model = "gpt-5.5"
reasoning_effort = "low"
execution_environment = "worktree"
cwds = [${JSON.stringify(folder)}]
created_at = 1780000000000
updated_at = 1780000000000
`;

function hermesJobs(workdir: string): object[] {
  const job = { enabled: true, state: 'scheduled', deliver: 'local', skills: [], no_agent: false, workdir: null };
  return [
    {
      ...job,
      id: 'h1',
      name: 'Digest',
      prompt: 'Sum up the news',
      schedule: { kind: 'interval', minutes: 90 },
      next_run_at: '2026-11-25T13:00:00Z',
      repeat: { times: 5, completed: 2 },
      workdir,
    },
    {
      ...job,
      id: 'h2',
      name: 'Once',
      prompt: 'Remind me',
      schedule: { kind: 'once', run_at: '2026-12-01T09:00:00Z' },
      deliver: 'telegram',
      skills: ['mail'],
      repeat: { times: 1, completed: 0 },
    },
    {
      ...job,
      id: 'h3',
      name: 'Script',
      prompt: '',
      script: 'backup.sh',
      no_agent: true,
      schedule: { kind: 'cron', expr: '0 4 * * *' },
    },
  ];
}
