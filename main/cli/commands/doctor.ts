import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  reads: (raw) => !raw.has('fix'),
  summary: 'Check everything that runs need, and explain each problem.',
  positionals: {},
  options: { fix: flag('Fix the problems that can be fixed.') },
  answers: 'checks: id, title, status (ok, warning, problem), message, fixable, fixed.',
  examples: [{ line: 'doctor --fix', does: 'reinstall missing OS entries and repair changed ones' }],
  run: async (context, { fix }) => {
    const done = context.progress('Checking');
    try {
      const doctor = await (await context.application()).doctor();
      return { checks: [...(await (fix ? doctor.fix() : doctor.diagnose()))] };
    } finally {
      done();
    }
  },
  text: ({ checks }, view) =>
    checks
      .map(({ status, title, message, fixable, fixed }) => {
        const remedy = fixed === true ? ' (fixed)' : fixable && status !== 'ok' ? ' (run `doctor --fix`)' : '';
        return `${view.status(status)}  ${view.plain(title)}${remedy}\n    ${view.plain(message)}`;
      })
      .join('\n'),
});
