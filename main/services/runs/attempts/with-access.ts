import { serverNameOf } from '../../../contract/built-in/tools.ts';
import type { ExecutionSpec } from '../../../contract/worker.ts';
import { maskedTexts } from '../../../domain/secrets/masking.ts';
import { signInAddress } from '../../../domain/server-use.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import type { AccessToken } from '../../../ports/tool-servers.ts';

/**
 * Adds the access token of the person's sign-in to what the worker gets. What renews it stays in this process.
 * @throws SchedulerError `mcp/sign-in-expired`, `mcp/unreachable`, `secret/…`
 */
export async function withAccess(
  spec: ExecutionSpec,
  environment: Pick<TaskEnvironment, 'accessToken'>,
): Promise<{ readonly spec: ExecutionSpec; readonly token: AccessToken | null }> {
  const address = spec.mcpServer === null ? null : signInAddress(spec.mcpServer);
  const token = address === null ? null : await environment.accessToken(serverNameOf(spec.tool), address);
  if (token === null) return { spec, token };
  const masked = [...(spec.masked ?? []), ...maskedTexts([token.value])];
  return { spec: { ...spec, accessToken: token.value, masked }, token };
}
