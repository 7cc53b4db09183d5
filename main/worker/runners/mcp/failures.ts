import { ProtocolError, SdkError, SdkErrorCode } from '@modelcontextprotocol/client';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import { largestMessageBytes } from '../../servers/server-program.ts';
import { LostConnectionError, MessageTooLargeError } from './connection-loss.ts';
import { httpCallFailure, httpFailure } from './http-failures.ts';
import { problem } from './problem.ts';
import { lastLines } from './last-words.ts';
import { ProgramTransport } from './stdio/program-transport.ts';
import type { McpTrace } from './trace.ts';

const INVALID_PARAMS = -32602;
const METHOD_NOT_FOUND = -32601;

/** Returns why a connection failed, as an error for people. Call it before the connection is closed. */
export function connectFailure(error: unknown, trace: McpTrace): SchedulerError {
  const known = commonFailure(error, trace, 'while it was getting ready') ?? refusedStart(error, trace);
  if (known !== null) return known;
  const { transport } = trace;
  return transport instanceof ProgramTransport ? stdioFailure(error, trace, transport) : httpFailure(error, trace);
}

/** Returns why a request failed on an established connection. */
export function callFailure(error: unknown, trace: McpTrace, what: string): SchedulerError {
  const known = commonFailure(error, trace, `while it processed ${what}`);
  if (known !== null) return known;
  if (error instanceof ProtocolError) {
    const code =
      error.code === INVALID_PARAMS || error.code === METHOD_NOT_FOUND ? 'mcp/bad-parameters' : 'mcp/tool-failed';
    return problem(code, trace, `refused ${what}: ${messageOf(error)}`, { protocolCode: error.code });
  }
  const { transport } = trace;
  if (!(transport instanceof ProgramTransport)) return httpCallFailure(error, trace, what);
  if (isClosed(error) || transport.ended) return exited(trace, transport, `while it processed ${what}`);
  return problem('mcp/tool-failed', trace, `failed at ${what}: ${messageOf(error)}`);
}

function commonFailure(error: unknown, trace: McpTrace, when: string): SchedulerError | null {
  if (error instanceof SchedulerError) return error;
  if (error instanceof MessageTooLargeError) {
    const limit = `${largestMessageBytes / 1024 ** 2} MiB`;
    return problem(
      'mcp/message-too-large',
      trace,
      `sent a message of more than ${limit} ${when}. That is the most that a run can take: ask the tool for less.`,
    );
  }
  if (!(error instanceof LostConnectionError)) return null;
  return problem('mcp/connection-lost', trace, `${error.message} ${when}. Check whether it crashed or was restarted.`);
}

/** Returns the server's own reason for refusing the first message, or null. */
function refusedStart(error: unknown, trace: McpTrace): SchedulerError | null {
  if (error instanceof ProtocolError) {
    const details = { protocolCode: error.code };
    return problem('mcp/refused', trace, `refused to start: ${messageOf(error)}${lastWords(trace)}`, details);
  }
  // The SDK has no error class of its own for this.
  const [, version] = /^Server's protocol version is not supported: (.+)$/s.exec(messageOf(error)) ?? [];
  if (version === undefined) return null;
  const what = `speaks version ${version.slice(0, 100)} of the protocol, which NCP Scheduler does not know`;
  return problem('mcp/refused', trace, `${what}. Update the server or NCP Scheduler.`, { version });
}

function stdioFailure(error: unknown, trace: McpTrace, transport: ProgramTransport): SchedulerError {
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

function exited(trace: McpTrace, transport: ProgramTransport, when: string): SchedulerError {
  const { ended } = transport;
  const how = !ended
    ? 'closed its output'
    : ended.signal
      ? `was ended by ${ended.signal}`
      : `ended with exit code ${ended.code ?? 'unknown'}`;
  const wrote = trace.garbage === null ? '' : ` On stdout it wrote: ${trace.garbage}`;
  return problem('mcp/exited', trace, `${how} ${when}: ${commandLine(trace)}.${wrote}${lastWords(trace)}`);
}

function lastWords(trace: McpTrace): string {
  const lines = lastLines(trace.lastWords);
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
