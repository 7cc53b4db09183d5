import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import { StdioTransport } from './stdio-transport.ts';
import { networkReason } from '../network/network-reason.ts';
import type { McpTrace } from './client.ts';

const INVALID_PARAMS = -32602;
const METHOD_NOT_FOUND = -32601;

/** Returns why a connection failed, as an error for people. */
export function connectFailure(error: unknown, trace: McpTrace): SchedulerError {
  if (error instanceof SchedulerError) return error;
  const stdio = trace.transport instanceof StdioTransport ? trace.transport : null;
  return stdio ? stdioFailure(error, trace, stdio) : httpFailure(error, trace);
}

function stdioFailure(error: unknown, trace: McpTrace, transport: StdioTransport): SchedulerError {
  const command = commandLine(trace);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES') {
    const reason = code === 'ENOENT' ? 'was not found' : 'is not executable';
    return problem(
      'mcp/not-started',
      trace,
      `could not be started: the command ${reason}: ${command}. ` +
        'Check the command of this server in the configuration, or enter its full path.',
    );
  }
  if (isTimeout(error)) {
    const seconds = Math.round(trace.connectTimeoutMs / 1000);
    const wrote = trace.garbage === null ? 'It wrote nothing on stdout.' : `On stdout it wrote: ${trace.garbage}`;
    return problem(
      'mcp/no-answer',
      trace,
      `was started but did not answer within ${seconds} s: ${command}. ${wrote} ` +
        `Check that it is an MCP server that uses stdio.${lastWords(trace)}`,
    );
  }
  if (isClosed(error) || transport.ended) return exited(trace, transport, 'before it answered');
  return problem(
    'mcp/not-started',
    trace,
    `did not become ready: ${messageOf(error)} (${command}).${lastWords(trace)}`,
  );
}

function httpFailure(error: unknown, trace: McpTrace): SchedulerError {
  const address = 'url' in trace.server ? String(trace.server.url) : '';
  if (isTimeout(error)) {
    return problem(
      'mcp/no-answer',
      trace,
      `did not answer within ${Math.round(trace.connectTimeoutMs / 1000)} s: ${address}.`,
    );
  }
  if (error instanceof SdkHttpError) {
    const { status } = error;
    const hint =
      status === 401 || status === 403
        ? 'It rejected the credentials: check the headers of this server in the configuration.'
        : 'Check that this is the address of its streamable HTTP endpoint, which often ends in /mcp.';
    return problem('mcp/unreachable', trace, `answered with HTTP status ${status}: ${address}. ${hint}`);
  }
  const trust = 'save its certificate to a file and set NODE_EXTRA_CA_CERTS to it in your login shell';
  const reason = networkReason(error, { url: address, proxy: trace.network?.proxy ?? null, trust });
  return problem('mcp/unreachable', trace, `could not be reached: ${address}: ${reason}`);
}

/** Returns why a request failed on an established connection. */
export function callFailure(error: unknown, trace: McpTrace, what: string): SchedulerError {
  if (error instanceof SchedulerError) return error;
  const transport = trace.transport instanceof StdioTransport ? trace.transport : null;
  if (transport && (isClosed(error) || transport.ended)) return exited(trace, transport, `while it processed ${what}`);
  if (error instanceof ProtocolError) {
    const code =
      error.code === INVALID_PARAMS || error.code === METHOD_NOT_FOUND ? 'mcp/bad-parameters' : 'mcp/tool-failed';
    return problem(code, trace, `refused ${what}: ${messageOf(error)}`, { protocolCode: error.code });
  }
  if (!transport) return httpFailure(error, trace);
  return problem('mcp/tool-failed', trace, `failed at ${what}: ${messageOf(error)}`);
}

function exited(trace: McpTrace, transport: StdioTransport, when: string): SchedulerError {
  const { ended } = transport;
  const how = !ended
    ? 'closed its output'
    : ended.signal
      ? `was ended by ${ended.signal}`
      : `ended with exit code ${ended.code ?? 'unknown'}`;
  const wrote = trace.garbage === null ? '' : ` On stdout it wrote: ${trace.garbage}`;
  return problem('mcp/exited', trace, `${how} ${when}: ${commandLine(trace)}.${wrote}${lastWords(trace)}`);
}

function problem(
  code: `mcp/${string}`,
  trace: McpTrace,
  what: string,
  details: Record<string, unknown> = {},
): SchedulerError {
  return new SchedulerError(code, `The MCP server "${trace.name}" ${what}`, { server: trace.name, ...details });
}

function lastWords(trace: McpTrace): string {
  const lines = trace.lastWords.trim().split('\n').slice(-3).join(' | ').slice(-500);
  return lines === '' ? '' : ` The end of its stderr: ${lines}`;
}

function commandLine({ server }: McpTrace): string {
  return 'command' in server ? [server.command, ...((server.args as string[] | undefined) ?? [])].join(' ') : '';
}

function isTimeout(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout;
}

function isClosed(error: unknown): boolean {
  return (
    error instanceof SdkError &&
    (error.code === SdkErrorCode.ConnectionClosed || error.code === SdkErrorCode.NotConnected)
  );
}
