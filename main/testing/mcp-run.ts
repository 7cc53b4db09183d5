import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { processesWith } from './proc-facts.ts';
import { runnerFixture } from './runner-fixture.ts';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { McpServer } from '../contract/settings.ts';
import type { RunResult } from '../services/runs/execution-outcome.ts';

const require = createRequire(import.meta.url);

/** Returns the entry of a reference server from npm. */
export const serverEntry = (name: string): string =>
  join(dirname(require.resolve(`@modelcontextprotocol/${name}/package.json`)), 'dist/index.js');

const hostileEntry = resolve(import.meta.dirname, '../../e2e/fixtures/mcp-servers/hostile.mjs');

/** Returns the stdio server that misbehaves in this way; the file describes the modes. */
export const hostile = (mode: string, size: number | string = 0): McpServer => ({
  command: process.execPath,
  args: [hostileEntry, mode, String(size)],
});

export interface McpRun {
  readonly result: RunResult;
  /** The message of the outcome; empty for a success. */
  readonly message: string;
  readonly log: string;
  readonly logPath: string;
}

/** Runs a tool of an MCP server once in the real worker, and checks that nothing of it is left running. */
export async function mcpRun(
  mcpServer: McpServer | null,
  tool: string,
  parameters: Record<string, unknown> = {},
  more: object = {},
): Promise<McpRun> {
  const { start } = await runnerFixture({ times: { graceMs: 1000 } });
  const started = start(tool, parameters, { mcpServer, ...more });
  const result = await started.finished;
  expect(processesWith(started.executionId)).toEqual([]);
  return { result, message: result.error?.message ?? '', log: started.log(), logPath: started.logPath };
}

/** Listens on a free port for the rest of the test. Returns the address, without a path. */
export async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
