import { defineCommand } from '../command.ts';

export const resumeAllCommand = defineCommand({
  name: 'resume-all',
  summary: 'Resume all schedules. Tasks that were paused individually stay paused.',
  positionals: {},
  options: {},
  answers: 'paused: null.',
  examples: [{ line: 'resume-all', does: 'resume everything; the slots in between are recorded as skipped' }],
  run: async (context) => (await (await context.application()).tasks()).resumeAll('cli'),
  text: () => 'All schedules are resumed.',
});
