import { agentServerNames } from '../../contract/built-in/agent-run.ts';
import { isMcpTool, serverNameOf } from '../../contract/built-in/built-ins.ts';
import { messageOf } from '../../domain/errors.ts';
import { referencedSecrets } from '../../domain/secrets/references.ts';
import type { TaskWithSecrets } from '../../services/tasks/task-checks.ts';
import type { Outside } from '../outside.ts';

/** Returns a warning if a task, or an MCP server that it uses, refers to secrets that are not stored. */
export async function secretWarnings(
  { settings, secretFile }: Pick<Outside, 'settings' | 'secretFile'>,
  { tool, parameters, env, policies }: TaskWithSecrets,
): Promise<string[]> {
  const probe = policies?.probe;
  const servers = [tool, ...(probe?.tool === undefined ? [] : [probe.tool])].flatMap((called) =>
    isMcpTool(called) ? [serverNameOf(called)] : [],
  );
  servers.push(...agentServerNames(tool, parameters));
  const configured = servers.length === 0 ? {} : settings.mcpServers();
  const names = referencedSecrets([parameters, env, probe?.parameters, servers.map((name) => configured[name])]);
  if (names.length === 0) return [];
  try {
    const stored = (await secretFile()).read();
    const missing = names.filter((name) => !Object.hasOwn(stored, name));
    if (missing.length === 0) return [];
    const which = missing.map((name) => `"${name}"`).join(', ');
    const [are, them] = missing.length === 1 ? ['secret is', 'it'] : ['secrets are', 'them'];
    return [
      `The ${are} not stored yet: ${which}. Runs fail until you add ${them} in the window under Settings, Secrets.`,
    ];
  } catch (problem) {
    return [`Whether the secrets of this task exist could not be checked: ${messageOf(problem)}`];
  }
}
