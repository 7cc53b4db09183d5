import type { AgentResult } from '../../contract/agent-result.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { logLine } from './memory-logs.ts';
import { endedRun, type EndedRun } from './run-seeds.ts';
import type { Place } from './scenarios.ts';
import { addTasks } from './task-seeds.ts';

const draft = (name: string, parameters: Readonly<Record<string, unknown>>): TaskDraftInput => ({
  ...{ name, schedule: 'every weekday at 9am', tool: 'agent:run', workingDirectory: '/home/ada/shop' },
  parameters: { agent: 'claude-code', ...parameters },
});

const drafts = [
  draft('Review the open issues', {
    prompt: 'Read the issues of the last day. Fix what is small, and summarise the rest.',
    ...{ permissions: 'edit', allowedTools: ['Bash(git push:*)', 'Bash(npm test:*)'], maxCostUsd: 2 },
  }),
  draft('Update the dependencies', { prompt: 'Update the dependencies and run the tests.' }),
  draft('Write the changelog', { prompt: 'Write the changelog of the week.' }),
];

const answer: AgentResult = {
  ...{ agent: 'claude-code', isError: false, costUsd: 0.4271, turns: 14, model: 'claude-opus-4-5-20251101' },
  text: 'I fixed two of five issues.\n\n- #412: the total now includes the discount\n- #415: the button is no longer cut off on a phone\n\nThe other three need a decision: #409, #410 and #413.',
  sessionId: '7b3c1f0e-52ad-4d2f-9a41-0c6e8d1f2b93',
  resume: 'claude --resume 7b3c1f0e-52ad-4d2f-9a41-0c6e8d1f2b93',
  filesChanged: ['src/checkout/total.ts', 'src/checkout/total.test.ts', 'src/ui/button.module.css'],
  neededPermissions: [],
};

const permission: Partial<EndedRun> = {
  failed: true,
  error: {
    code: 'agent/needs-permission',
    message:
      "Claude Code needs permission: Bash: npm update, Bash: npm test. Nobody can give it while it runs. To allow it: ncp-scheduler update 'Update the dependencies' --allow-tool 'Bash(npm update:*)' --allow-tool 'Bash(npm test:*)'",
  },
  result: {
    ...answer,
    ...{ text: 'I could not run npm update: it needs your approval.', costUsd: 0.0038, turns: 2, filesChanged: [] },
    neededPermissions: ['Bash: npm update', 'Bash: npm test'],
  },
};

const signedOut: Partial<EndedRun> = {
  failed: true,
  error: {
    code: 'agent/signed-out',
    message:
      "Claude Code is not signed in (Invalid API key · Please run /login). Sign in: claude auth login. If it uses a key, check the key in the task's environment.",
  },
  result: {
    ...answer,
    ...{ text: null, isError: true, costUsd: 0, turns: 1, sessionId: null, resume: null, model: null },
    filesChanged: [],
  },
};

/** Adds tasks of an AI agent: one that answered, one that needed a permission, and one that is signed out. */
export function addAgentRuns({ outside }: Place): void {
  const nowMs = outside.clock.now();
  const tasks = addTasks(outside, drafts, nowMs - 86_400_000);
  for (const [index, run] of [{ result: answer }, permission, signedOut].entries()) {
    const task = tasks[index];
    if (task === undefined) throw new Error('A task was not added.');
    const startedMs = nowMs - (index + 1) * 600_000;
    const lines = ['Reading the issues', 'Bash: gh issue list', 'Edit: src/checkout/total.ts'];
    const log = lines.map((line, at) => logLine(startedMs + at * 400, 'out', line)).join('');
    endedRun(outside, task, { startedMs, log, ...run });
  }
}
