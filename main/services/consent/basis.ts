import { createHash } from 'node:crypto';
import type { ProposedChange } from '../../contract/proposal.ts';
import type { McpServer } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import { serversOf, type TaskCall, type TaskServers } from '../runs/attempts/task-servers.ts';

/** What a change depends on besides its task. */
interface Surroundings extends TaskServers {
  /** Number of other tasks that have the name it gives to its task. */
  readonly namesakes: number;
}

export interface BasisSources {
  readonly store: Pick<Store, 'read'>;
  readonly settings: Pick<SettingsStore, 'mcpServers'>;
}

type TaskChange = Exclude<ProposedChange, { action: 'cancel' }>;

/** Fields that change without a change of what the task is or does. */
const bookkeeping: ReadonlySet<string> = new Set([
  'timingId',
  'createdAt',
  'updatedAt',
  'armedAt',
  'skipUntil',
  'errorMessage',
]);

/**
 * Returns a fingerprint of everything that a person approves with a change: the change, its task as it is, and the
 * definitions of the MCP servers that it would use. It is made of the values themselves, not of their text on screen, in
 * which different values can look the same.
 * @param task the task as it is; null for a new one
 */
export function changeBasis(change: TaskChange, task: Task | null, surroundings: Surroundings): string {
  const { server, agentServers, namesakes, probe } = surroundings;
  const definition = task === null ? null : Object.entries(task).filter(([name]) => !bookkeeping.has(name));
  const shown = {
    ...{ change, task: definition === null ? null : Object.fromEntries(definition), server, namesakes },
    // Absent without such servers, so that proposals of earlier versions keep their fingerprint.
    ...(Object.keys(agentServers).length === 0 ? {} : { agentServers }),
    ...(probe === undefined ? {} : { probe }),
  };
  return createHash('sha256').update(canonicalJson(shown)).digest('hex').slice(0, 32);
}

/** Reads what a change depends on now. @throws SchedulerError `store/…`. */
export function surroundingsOf(change: TaskChange, task: Task | null, sources: BasisSources): Surroundings {
  const name = nameGiven(change)?.toLowerCase();
  const others = Object.values(sources.store.read().tasks).filter(({ id }) => id !== task?.id);
  return {
    ...configuredServers(callOf(change, task), sources),
    namesakes: others.filter((other) => other.name.toLowerCase() === name).length,
  };
}

/** Returns the MCP servers that a call uses, as the settings define them now. */
export function configuredServers(call: TaskCall | null, { settings }: Pick<BasisSources, 'settings'>): TaskServers {
  let servers: Readonly<Record<string, McpServer>> | null = null;
  return serversOf(call, (name) => {
    servers ??= settings.mcpServers();
    return Object.hasOwn(servers, name) ? (servers[name] ?? null) : null;
  });
}

function nameGiven(change: TaskChange): string | undefined {
  if (change.action === 'create') return change.draft.name;
  return change.action === 'update' ? change.change.name : undefined;
}

/** Returns what the task would call; null for a change after which it runs nothing. */
function callOf(change: TaskChange, task: Task | null): TaskCall | null {
  switch (change.action) {
    case 'create':
    case 'test':
      return change.draft;
    case 'undo':
      return change.tool == null ? null : { tool: change.tool, parameters: { mcpServers: change.agentServers } };
    case 'update': {
      const { tool = task?.tool, parameters = task?.parameters ?? {}, policies = task?.policies } = change.change;
      return tool === undefined ? null : { tool, parameters, policies };
    }
    case 'pause':
    case 'skip-next':
    case 'delete':
    case 'add-calendar':
      return null;
    default:
      return task;
  }
}
