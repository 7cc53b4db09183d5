import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runnerFixture } from '../testing/runner-fixture.ts';

it('a follow-up can read the result of the previous run in a file of its owner, until it ends', async () => {
  const { start, dir } = await runnerFixture();
  const path = join(dir, 'result.json');
  const env = { ...process.env, NCP_AFTER_RESULT_FILE: path } as Record<string, string>;
  const command = 'cat "$NCP_AFTER_RESULT_FILE"; ls -l "$NCP_AFTER_RESULT_FILE"; exit 3';
  const run = start('shell:run', { command }, { env, resultFile: { path, content: '{"id":7}\n' } });
  expect(await run.finished).toMatchObject({ status: 'failure', exitCode: 3 });
  expect(run.log()).toContain(' out {"id":7}\n');
  if (process.platform !== 'win32') expect(run.log()).toMatch(/ out -rw------- /);
  expect(existsSync(path)).toBe(false);
});
