import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Criterion } from '../contract/success.ts';
import type { McpServer } from '../contract/settings.ts';
import { runnerFixture } from '../testing/runner-fixture.ts';

const serverEverything = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/package.json')),
  'dist/index.js',
);
const everything: McpServer = { command: process.execPath, args: [serverEverything, 'stdio'] };

async function run(tool: string, parameters: Record<string, unknown>, success: Criterion[], more: object = {}) {
  const { start, dir } = await runnerFixture();
  const started = start(tool, parameters, { success, ...more });
  return { dir, result: await started.finished, log: started.log() };
}

describe('a command that exits with 0', () => {
  it('fails if a line of its output says that it failed, and the outcome names the line', async () => {
    const command = 'echo start; echo "ERROR: disk full" >&2; echo end';
    const { result, log } = await run('shell:run', { command }, [{ check: 'lacks', text: 'ERROR' }]);
    const message = 'The output must not contain "ERROR", but line 1 of standard error does: ERROR: disk full.';
    expect(result).toMatchObject({
      status: 'failure',
      exitCode: 0,
      error: { code: 'check/lacks', message, line: 'ERROR: disk full' },
    });
    expect(log).toContain(` sys ${message}\n`);
  });

  it('succeeds if it meets all criteria, and the log says so', async () => {
    const criteria: Criterion[] = [
      { check: 'contains', text: 'done' },
      { check: 'json', path: '$.ok', is: 'equals', value: true },
    ];
    const { result, log } = await run('shell:run', { command: `echo done; echo '{"ok": true}'` }, criteria);
    expect(result).toMatchObject({ status: 'success', error: null });
    expect(log).toContain(' sys All 2 success criteria are met.\n');
  });

  it('fails if it left no new file', async () => {
    const made: Criterion = { check: 'file', path: 'made.tar', youngerThanMs: 60_000, minBytes: 3 };
    expect((await run('shell:run', { command: 'echo abc > made.tar' }, [made])).result.status).toBe('success');
    expect((await run('shell:run', { command: 'echo no' }, [made])).result.error?.message).toMatch(/no such file\.$/);
  });

  it('is checked in all of its output, even if the log keeps less', async () => {
    const command = 'seq 1 200000; echo FATAL; seq 1 200000';
    const { result, log } = await run('shell:run', { command }, [{ check: 'lacks', text: 'FATAL' }], {
      outputLimitBytes: 10_000,
    });
    expect(log).not.toContain(' out FATAL\n');
    expect(result.error?.message).toBe('The output must not contain "FATAL", but line 200001 does: FATAL.');
  });

  it('shows no secret of the line that decided', async () => {
    const { result } = await run(
      'shell:run',
      { command: 'echo "ERROR hunter2"' },
      [{ check: 'lacks', text: 'ERROR' }],
      {
        masked: ['hunter2'],
      },
    );
    expect(result.error).toMatchObject({ line: 'ERROR ***' });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

it('a command that fails keeps its own reason', async () => {
  const { result } = await run('shell:run', { command: 'exit 3' }, [{ check: 'contains', text: 'done' }]);
  expect(result.error?.code).toBe('shell/exit-code');
});

it('a criterion that cannot be checked keeps the task from running', async () => {
  const { result, log } = await run('shell:run', { command: 'echo ran' }, [{ check: 'matches', pattern: '(' }]);
  expect(result).toMatchObject({ status: 'failure', error: { code: 'task/invalid' } });
  expect(log).not.toContain('ran');
});

it('an HTTP response is checked by its body, not by its headers', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('x-note', 'failed').end('{"success": false}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const kept = await run('http:request', { url }, [{ check: 'lacks', text: 'failed' }]);
  expect(kept.result.status).toBe('success');
  const { result } = await run('http:request', { url }, [
    { check: 'json', path: '$.success', is: 'equals', value: true },
  ]);
  expect(result).toMatchObject({
    status: 'failure',
    error: { code: 'check/json', message: 'The value at $.success in the JSON output must be true, but it is false.' },
    result: { status: 200 },
  });
});

it('the answer of an MCP tool is checked by its text and its structured content', async () => {
  const weather = { location: 'Chicago' };
  const cold: Criterion = { check: 'json', path: '$.temperature', is: 'below', value: -100 };
  const { result } = await run('everything:get-structured-content', weather, [cold], { mcpServer: everything });
  expect(result.error).toMatchObject({ code: 'check/json' });
  expect(result.result).toMatchObject({ structuredContent: { temperature: expect.any(Number) as number } });
  const echo = await run('everything:echo', { message: 'all done' }, [{ check: 'contains', text: 'all done' }], {
    mcpServer: everything,
  });
  expect(echo.result.status).toBe('success');
});
