import { SdkError, SdkErrorCode, SdkHttpError, SseError } from '@modelcontextprotocol/client';
import { messageOf } from '../../../domain/errors.ts';
import type { SchedulerError } from '../../../domain/errors.ts';
import { networkReason } from '../network/network-reason.ts';
import { problem } from './problem.ts';
import { isHttp } from './trace.ts';
import type { McpTrace } from './trace.ts';

/** Returns why an HTTP server could not be connected to. */
export function httpFailure(error: unknown, trace: McpTrace): SchedulerError {
  const address = addressOf(trace);
  const status = statusOf(error);
  if (status !== null) return refusedRequest(error, status, trace);
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) {
    const seconds = Math.round(trace.connectTimeoutMs / 1000);
    return problem('mcp/no-answer', trace, `did not answer within ${seconds} s: ${address}.`);
  }
  const content = contentOf(error);
  if (content !== null) return problem('mcp/unreachable', trace, wrongContent(address, content));
  const trust = 'save its certificate to a file and set NODE_EXTRA_CA_CERTS to it in your login shell';
  const reason = networkReason(error, { url: address, proxy: trace.network?.proxy ?? null, trust });
  return problem('mcp/unreachable', trace, `could not be reached: ${address}: ${reason}`);
}

/** Returns why a request on an established connection failed. */
export function httpCallFailure(error: unknown, trace: McpTrace, what: string): SchedulerError {
  const address = addressOf(trace);
  const status = statusOf(error);
  if (status === 404) {
    const lost = `no longer knows this session (HTTP status 404) at ${what}: ${address}. It may have been restarted.`;
    return problem('mcp/connection-lost', trace, `${lost}${said(error)}`);
  }
  if (status !== null) return refusedRequest(error, status, trace);
  const content = contentOf(error);
  if (content !== null) return problem('mcp/tool-failed', trace, wrongContent(address, content));
  const reason = reasonOf(error);
  return problem('mcp/connection-lost', trace, `lost the connection while it processed ${what}: ${reason}.`);
}

function refusedRequest(error: unknown, status: number, trace: McpTrace): SchedulerError {
  const what = `answered with HTTP status ${status}: ${addressOf(trace)}.${said(error)}`;
  if (status === 401 && (trace.wantsSignIn || trace.signedIn)) return missingSignIn(what, trace);
  return problem('mcp/unreachable', trace, `${what} ${hintOn(status, trace)}`, { status });
}

function missingSignIn(what: string, trace: McpTrace): SchedulerError {
  const reason = trace.signedIn ? 'It does not accept your sign-in any more.' : 'It wants you to sign in.';
  const how = `Sign in in the window under Settings, MCP servers, or with \`ncp-scheduler servers sign-in ${trace.name}\`.`;
  return problem('mcp/sign-in-needed', trace, `${what} ${reason} ${how}`, { status: 401 });
}

function hintOn(status: number, trace: McpTrace): string {
  if (status !== 401 && status !== 403)
    return 'Check that this is the address of its endpoint: it often ends in /mcp, for older servers in /sse.';
  return trace.signedIn
    ? 'Your sign-in does not have the rights for this. Sign in with another account, or ask for the rights.'
    : 'It rejected the credentials: check the headers of this server in the configuration.';
}

function wrongContent(address: string, content: string): string {
  const kind = content === 'null' ? 'without a content type' : `with ${content}`;
  return (
    `was reached, but answered ${kind} instead of MCP: ${address}. ` +
    'Check that this is the address of its endpoint, which often ends in /mcp. A page to sign in answers like this too.'
  );
}

/** Returns the HTTP status with which the server refused, or null. */
export function statusOf(error: unknown): number | null {
  if (error instanceof SdkHttpError) return error.status;
  if (error instanceof SseError && error.code !== undefined && error.code !== 200) return error.code;
  return null;
}

/** Returns the content type that is not MCP, or null. */
function contentOf(error: unknown): string | null {
  if (error instanceof SdkError && error.code === SdkErrorCode.ClientHttpUnexpectedContent)
    return /^Unexpected content type: (.*)$/s.exec(error.message)?.[1] ?? 'another content type';
  return error instanceof SseError ? (/Invalid content type, (.*)$/s.exec(error.message)?.[1] ?? null) : null;
}

/** Returns the reason in the body of a refusal: the message of a JSON-RPC error, or a short text. */
function said(error: unknown): string {
  const text = error instanceof SdkHttpError ? error.data['text'] : undefined;
  if (typeof text !== 'string' || text.trim() === '' || /^\s*</.test(text)) return '';
  return ` It said: ${(messageIn(text) ?? text).trim().slice(0, 300)}.`.replace('..', '.');
}

function messageIn(text: string): string | null {
  try {
    const body = JSON.parse(text) as { error?: { message?: unknown } | string; message?: unknown } | null;
    const found = typeof body?.error === 'object' ? body.error.message : (body?.message ?? body?.error);
    return typeof found === 'string' ? found : null;
  } catch {
    // Not JSON, so the text itself is shown.
    return null;
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code } = cause as NodeJS.ErrnoException;
  return messageOf(cause) || (code ?? 'unknown reason');
}

function addressOf({ server }: McpTrace): string {
  return isHttp(server) ? server.url : '';
}
