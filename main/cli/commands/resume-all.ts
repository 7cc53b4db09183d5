import { defineCommand } from '../command.ts';

export const resumeAllCommand = defineCommand({
  name: 'resume-all',
  summary: 'Restart all scheduled firing. Tasks paused by themselves stay paused.',
  positionals: {},
  options: {},
  answers: 'paused: null.',
  examples: [{ line: 'resume-all', does: 'slots that passed meanwhile are recorded as skipped' }],
  run: async (context) => (await (await context.application()).tasks()).resumeAll('cli'),
  text: () => 'Scheduled firing goes on.',
});
