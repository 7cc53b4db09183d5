import { expect, test } from 'vitest';
import { maskedTexts } from '../domain/secrets/masking.ts';
import { resolveSecrets } from '../domain/secrets/references.ts';
import { runnerFixture } from '../testing/runner-fixture.ts';

const value = `it's "$HOME" \`id\` & more`;

test('a task gets the value of a secret, and no record of the run contains it', async () => {
  const { start, dir } = await runnerFixture();
  const command = [
    'echo "the token is ${secret:TOKEN}"',
    'test "${secret:TOKEN}" = "$EXPECTED" && echo "it is whole"',
    'echo "$0 $*"; tr "\\0" " " < /proc/$$/cmdline 2>/dev/null',
    'exit 3',
  ].join('\n');
  const env = { PATH: process.env['PATH'] ?? '', HOME: dir, EXPECTED: '${secret:TOKEN}' };
  const { places, values } = resolveSecrets(
    { tool: 'shell:run', parameters: { command }, env, mcpServer: null },
    () => value,
    process.platform,
  );
  const run = start(places.tool, places.parameters, { env: places.env, masked: maskedTexts(values) });
  const { status, exitCode } = await run.finished;
  expect({ status, exitCode }).toEqual({ status: 'failure', exitCode: 3 });
  expect(run.log()).toContain('the token is ***');
  expect(run.log()).toContain('it is whole');
  expect(run.log()).not.toContain(value);
  // The shell's command line, which every user of the machine can read, contains a variable's name instead.
  expect(run.log()).toContain('NCP_SECRET_TOKEN');
});

test('the value is hidden in the answer and the error of a tool too', async () => {
  const { start } = await runnerFixture();
  const run = start('http:request', { url: 'http://127.0.0.1:9/hunter2' }, { masked: ['hunter2'] });
  const { status, error, result } = await run.finished;
  expect(status).toBe('failure');
  expect(JSON.stringify({ error, result })).not.toContain('hunter2');
  expect(run.log()).not.toContain('hunter2');
});
