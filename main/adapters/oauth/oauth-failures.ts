import { OAuthError, OAuthErrorCode } from '@modelcontextprotocol/client';
import { messageOf, SchedulerError } from '../../domain/errors.ts';

/** Errors after which the same request never succeeds (RFC 6749, section 5.2). */
const final: readonly string[] = [
  OAuthErrorCode.InvalidGrant,
  OAuthErrorCode.InvalidClient,
  OAuthErrorCode.UnauthorizedClient,
  OAuthErrorCode.AccessDenied,
  OAuthErrorCode.InvalidScope,
];

/** Returns the error for a sign-in that the service, or the person there, refused. */
export function refusal(address: string, reason: string): SchedulerError {
  const shown = reason.trim().replace(/\.$/, '').slice(0, 300);
  return new SchedulerError('mcp/sign-in-refused', `The service refused the sign-in to ${address}: ${shown}.`, {
    address,
  });
}

/** Returns why a sign-in could not begin or be completed, or an access token not be renewed. */
export function oauthFailure(error: unknown, address: string, reasonOf: (error: unknown) => string): SchedulerError {
  if (error instanceof SchedulerError) return error;
  if (error instanceof OAuthError && final.includes(error.code))
    return refusal(address, error.message === '' ? error.code : `${error.message} (${error.code})`);
  if (isNetwork(error)) {
    const message = `The service of the sign-in to ${address} could not be reached: ${reasonOf(error)}`;
    return new SchedulerError('mcp/unreachable', message, { address }, error);
  }
  if (error instanceof OAuthError)
    return new SchedulerError(
      'mcp/unreachable',
      `The service of the sign-in to ${address} failed: ${error.message.slice(0, 300)} (${error.code}). Try again later.`,
      { address },
      error,
    );
  const message = `The server does not offer a sign-in with OAuth that NCP Scheduler can use: ${address}: ${messageOf(error)}. If the service has access tokens, put one into the headers of this server.`;
  return new SchedulerError('mcp/no-sign-in', message, { address }, error);
}

/** `fetch` fails with a TypeError that has a cause, or with the reason of the time limit. */
function isNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'TimeoutError' || (error instanceof TypeError && error.cause !== undefined);
}
