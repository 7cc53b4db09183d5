import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { SessionEvent } from '../../contract/session-event.ts';
import type { ExecutionSpec } from '../../contract/worker.ts';
import { serveMcp } from '../../mcp-server/serve-mcp.ts';
import type { LogWriter } from '../../worker/log-writer.ts';
import { runMcp } from '../../worker/runners/mcp/run-mcp.ts';
import type { RunnerContext, ServerLink } from '../../worker/runners/runner.ts';
import { memoryApplication } from '../memory-application.ts';
import { memoryProcessTree } from '../memory-outside.ts';

/** Far more than an answer takes on a busy machine: only a server that never answers waits this long. */
const patienceMs = 60_000;
/** An id that no text has. */
const afterwards = 'asked after the text';

/**
 * Sends the text to our MCP server as an agent that nobody knows, then asks it something that it must answer.
 * @throws Error if it writes a line that is no message, or no longer answers
 */
export async function askOwnServer(text: string): Promise<void> {
  const application = memoryApplication();
  const [stdin, stdout, stop] = [new PassThrough(), new PassThrough(), new AbortController()];
  const served = serveMcp({
    ...{ application: () => Promise.resolve(application), version: '1.2.3', readOnly: false, toolPrefix: undefined },
    ...{ stdin, stdout, stop: stop.signal, onProblem: () => undefined },
  });
  const lines = createInterface({ input: stdout });
  const timer = setTimeout(() => lines.close(), patienceMs);
  try {
    stdin.write(`${text}\n${JSON.stringify({ jsonrpc: '2.0', id: afterwards, method: 'ping' })}\n`);
    for await (const line of lines) if (answersPing(line)) return;
    throw new Error('The server no longer answers.');
  } finally {
    clearTimeout(timer);
    stop.abort();
    await served;
    application.dispose();
  }
}

function answersPing(line: string): boolean {
  const answer = JSON.parse(line) as { readonly id?: unknown };
  return answer.id === afterwards;
}

/** In a server's lines of the corpus, this stands for the id of the last request. */
const idOfRequest = /"\$id"/g;

/**
 * Calls a tool of a server that writes the lines of the text, one at a time and the next one when nothing else happens, and
 * then ends. In place of the id `"$id"`, it writes the id of the last request.
 * @throws Error if the run has no outcome, or fails without a reason
 */
export async function callForeignServer(text: string): Promise<void> {
  const { error, outcome } = await runMcp(contextOf(answering(text.split('\n'))));
  if (outcome !== 'success' && (error === null || error.message === ''))
    throw new Error(`The run ended as ${outcome} without a reason.`);
}

/** The server as a run reaches it through its parent. */
function answering(lines: string[]): ServerLink {
  let tell: (event: SessionEvent) => void = () => undefined;
  let lastId = 'null';
  let asked = 0;
  const write = (before: number): void => {
    if (asked !== before) return;
    const line = lines.shift();
    if (line === undefined) return tell({ kind: 'ended', code: 1, signal: null, lastWords: '', problem: null });
    tell({ kind: 'frame', text: line.replaceAll(idOfRequest, lastId) });
    setImmediate(write, before);
  };
  const hear = (request: string): void => {
    const { id } = JSON.parse(request) as { readonly id?: string | number };
    if (id === undefined) return;
    lastId = JSON.stringify(id);
    asked += 1;
    setImmediate(write, asked);
  };
  return {
    listen: (listener) => (tell = listener),
    send: (event) => {
      if (event.kind === 'join') queueMicrotask(() => tell({ kind: 'started' }));
      if (event.kind === 'frame') hear(event.text);
      if (event.kind === 'leave') asked += 1;
    },
  };
}

const { signal } = new AbortController();
const ignore = (): void => undefined;

/** A run without a folder of logs: parts of an answer that are files cannot be saved, which is a remark. */
function contextOf(server: ServerLink): RunnerContext {
  const spec: ExecutionSpec = {
    ...{ executionId: 'corpus', taskName: 'A task', tool: 'foreign:answer', parameters: {}, workingDirectory: null },
    ...{ env: {}, logPath: join(import.meta.filename, 'no-folder.log'), outputLimitBytes: 10_000, timeoutMs: 60_000 },
    ...{ mcpServer: { command: 'foreign' }, kept: { forMs: 60_000, place: 'corpus' } },
  };
  return {
    ...{ spec, server, signal, log: { sys: ignore, endOf: ignore } as unknown as LogWriter },
    ...{ output: ignore, examine: ignore, structured: ignore },
    ...{ execution: { executionId: 'corpus', tree: memoryProcessTree, root: 0 } },
    otherToken: () => Promise.reject(new Error('The corpus has no sign-in.')),
  };
}
