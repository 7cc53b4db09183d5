import { serverNameOf } from '../../../contract/built-in/built-ins.ts';
import type { ExecutionSpec } from '../../../contract/worker.ts';
import { maskedTexts } from '../../../domain/secrets/masking.ts';
import { signInAddress } from '../../../domain/server-use.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import type { AccessToken } from '../../../ports/tool-servers.ts';

export interface Access {
  readonly spec: ExecutionSpec;
  /** What the spec's own server accepts; null if nobody signed in there. */
  readonly token: AccessToken | null;
}

/**
 * Adds the access token of the person's sign-in to what the worker gets. What renews it stays in this process.
 * @throws SchedulerError `mcp/sign-in-expired`, `mcp/unreachable`, `secret/…`
 */
export async function withAccess(
  spec: ExecutionSpec,
  environment: Pick<TaskEnvironment, 'accessToken'>,
): Promise<Access> {
  const token = await tokenFor(spec, environment);
  const probeToken = spec.probe === undefined ? null : await tokenFor(spec.probe, environment);
  const values = [token, probeToken].flatMap((given) => given?.value ?? []);
  if (values.length === 0) return { spec, token };
  const masked = [...(spec.masked ?? []), ...maskedTexts(values)];
  return {
    spec: {
      ...{ ...spec, masked },
      ...(token === null ? {} : { accessToken: token.value }),
      ...(spec.probe === undefined || probeToken === null
        ? {}
        : { probe: { ...spec.probe, accessToken: probeToken.value } }),
    },
    token,
  };
}

async function tokenFor(
  { tool, mcpServer }: Pick<ExecutionSpec, 'tool' | 'mcpServer'>,
  environment: Pick<TaskEnvironment, 'accessToken'>,
): Promise<AccessToken | null> {
  const address = mcpServer === null ? null : signInAddress(mcpServer);
  return address === null ? null : environment.accessToken(serverNameOf(tool), address);
}
