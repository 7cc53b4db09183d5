import type { Recipe } from './recipe.ts';
import { folderProblem, lastPart, minutes, oneLine, shellPath } from './recipe-fields.ts';

export const gitBuild: Recipe = {
  name: 'git-build',
  title: 'Pull a Git repository and build it',
  does: 'Pulls a Git repository every hour and builds it.',
  needs: 'git, and a clone that pulls without asking for a password.',
  succeeds: 'The pull is a fast-forward, and the build ends with exit code 0.',
  runsOnWindows: false,
  fields: [
    {
      ...{ name: 'folder', label: 'Folder', kind: 'folder', example: '~/site' },
      hint: 'The clone to pull.',
      problem: folderProblem,
    },
    {
      ...{ name: 'build', label: 'Build command', kind: 'text', example: 'npm ci && npm run build' },
      hint: 'Runs in that folder after each pull.',
      problem: oneLine,
    },
  ],
  task: ({ folder = '', build = '' }) => ({
    name: `Build ${lastPart(folder)}`,
    schedule: 'every hour',
    tool: 'shell:run',
    // On lines of their own, so that a build of several commands stops the task wherever it fails, and may end with a comment.
    parameters: { command: `set -e\ncd ${shellPath(folder)}\ngit pull --ff-only\n${build}` },
    // Without a terminal, git would wait for a password that nobody enters.
    env: { GIT_TERMINAL_PROMPT: '0' },
    policies: { timeoutMs: minutes(30) },
  }),
};
