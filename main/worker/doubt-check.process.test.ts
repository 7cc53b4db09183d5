import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runnerFixture } from '../testing/runner-fixture.ts';

async function run(tool: string, parameters: Record<string, unknown>, more: object = {}) {
  const { start } = await runnerFixture();
  const started = start(tool, parameters, { doubt: 'mark', ...more });
  return { result: await started.finished, log: started.log() };
}

describe('a command that exits with 0 after an error', () => {
  const command = 'echo start; echo "ERROR: disk full" >&2';

  it('is a success, marked as doubtful with the line and the criterion, and the log says so', async () => {
    const { result, log } = await run('shell:run', { command });
    expect(result).toMatchObject({
      status: 'success',
      error: null,
      isEmpty: false,
      doubt: {
        sign: 'error-text',
        line: 'ERROR: disk full',
        criterion: { check: 'lacks-match', pattern: '^\\s*ERROR:', in: 'stderr' },
      },
    });
    expect(log).toContain(' sys Doubtful: The output begins with an error: ERROR: disk full.\n');
  });

  it('fails if the task wants that', async () => {
    expect((await run('shell:run', { command }, { doubt: 'fail' })).result).toMatchObject({
      status: 'failure',
      exitCode: 0,
      error: { code: 'doubt/error-text', line: 'ERROR: disk full' },
    });
  });

  it('is not doubtful if the task ignores that', async () => {
    const { result, log } = await run('shell:run', { command }, { doubt: 'ignore' });
    expect(result).toMatchObject({ status: 'success' });
    expect(result.doubt).toBeUndefined();
    expect(log).not.toContain('Doubtful');
  });

  it('shows no secret in its doubt', async () => {
    const { result } = await run('shell:run', { command: 'echo "Error: key hunter2 is bad"' }, { masked: ['hunter2'] });
    expect(result.doubt?.message).toBe('The output begins with an error: Error: key *** is bad.');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('a run that fails by itself', () => {
  it('keeps its own reason', async () => {
    const { result } = await run('shell:run', { command: 'echo "Error: x"; exit 3' }, { doubt: 'fail' });
    expect(result).toMatchObject({ status: 'failure', exitCode: 3, error: { code: 'shell/exit-code' } });
    expect(result.doubt).toBeUndefined();
  });
});

describe('an answer of a server', () => {
  it('with success: false is doubtful', async () => {
    const server = createServer((_, response) => response.end('{"success": false, "message": "bad key"}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect((await run('http:request', { url })).result).toMatchObject({
      status: 'success',
      doubt: { sign: 'says-failed', criterion: { check: 'json', path: '$.success', is: 'lacks', value: false } },
    });
  });
});

it('a run without output says so', async () => {
  expect((await run('shell:run', { command: 'true' })).result).toMatchObject({ status: 'success', isEmpty: true });
});
