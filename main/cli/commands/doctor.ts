import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'Check everything a run needs, and explain every difference.',
  positionals: {},
  options: { fix: flag('Put right what can be put right.') },
  answers: 'checks: id, title, status (ok, warning, problem), message, fixable, fixed.',
  examples: [{ line: 'doctor --fix', does: 'missing and drifted OS entries are installed again' }],
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
        const remedy =
          fixed === true ? ' (fixed)' : fixable && status !== 'ok' ? ' (`doctor --fix` puts it right)' : '';
        return `${view.status(status)}  ${view.plain(title)}${remedy}\n    ${view.plain(message)}`;
      })
      .join('\n'),
});
