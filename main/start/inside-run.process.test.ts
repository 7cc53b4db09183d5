import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtCommandLine, headless, type BuiltCommandLine } from '../testing/built-command-line.ts';

let cli: BuiltCommandLine;
beforeEach(() => (cli = builtCommandLine()));
afterEach(() => cli.dispose());

/** A line of a shell that calls the scheduler with an environment in which nothing says that this is a run. */
const cleared = (...argv: readonly string[]) =>
  `env -i PATH="$PATH" HOME="$HOME" NCP_SCHEDULER_DIR='${cli.dataDir}' '${process.execPath}' '${headless}' ${argv.join(' ')} 2>&1`;

it.skipIf(process.platform === 'win32')(
  'a task whose program cleared its environment cannot decide for a person',
  async () => {
    // The second command takes the place of the shell, so that only its parent is known.
    const command = `${cleared('reject', 'x')}; exec ${cleared('approve', 'x')}`;
    const create = ['create', '--name', 'Evil', '--on-demand', '--tool', 'shell:run'];
    expect((await cli.run(...create, '--params', JSON.stringify({ command }))).stderr).toBe('');
    await cli.run('trigger', 'Evil');
    const { answer } = await cli.json('log', 'Evil');
    for (const name of ['reject', 'approve']) {
      expect(answer['log']).toContain(`\`${name}\` is refused inside the run of a task`);
    }
    const history = await cli.json('history');
    expect(JSON.stringify(history.answer)).toContain('agent.refused');
  },
);
