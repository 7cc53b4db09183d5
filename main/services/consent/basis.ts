import { createHash } from 'node:crypto';
import { isMcpTool } from '../../contract/built-in/tools.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import type { McpServer } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';

/** What a change depends on besides its task. */
interface Surroundings {
  /** The MCP server of its tool; null for a built-in tool and for a server that is not configured. */
  readonly server: McpServer | null;
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
 * definition of the MCP server that would run it. It is made of the values themselves, not of their text on screen, in
 * which different values can look the same.
 * @param task the task as it is; null for a new one
 */
export function changeBasis(change: TaskChange, task: Task | null, { server, namesakes }: Surroundings): string {
  const definition = task === null ? null : Object.entries(task).filter(([name]) => !bookkeeping.has(name));
  const shown = { change, task: definition === null ? null : Object.fromEntries(definition), server, namesakes };
  return createHash('sha256').update(canonicalJson(shown)).digest('hex').slice(0, 32);
}

/** Reads what a change depends on now. @throws SchedulerError `store/…`. */
export function surroundingsOf(change: TaskChange, task: Task | null, sources: BasisSources): Surroundings {
  const name = nameGiven(change)?.toLowerCase();
  const others = Object.values(sources.store.read().tasks).filter(({ id }) => id !== task?.id);
  return {
    server: serverOf(toolOf(change, task), sources),
    namesakes: others.filter((other) => other.name.toLowerCase() === name).length,
  };
}

/** Returns the definition of the server of a tool; null for a built-in tool and for an unknown server. */
export function serverOf(tool: string | null, { settings }: Pick<BasisSources, 'settings'>): McpServer | null {
  if (tool === null || !isMcpTool(tool)) return null;
  const servers = settings.mcpServers();
  const [name = ''] = tool.split(':', 1);
  return Object.hasOwn(servers, name) ? (servers[name] ?? null) : null;
}

function nameGiven(change: TaskChange): string | undefined {
  if (change.action === 'create') return change.draft.name;
  return change.action === 'update' ? change.change.name : undefined;
}

/** Returns the tool that the task would run; null for a change after which it runs nothing. */
function toolOf(change: TaskChange, task: Task | null): string | null {
  switch (change.action) {
    case 'create':
    case 'test':
      return change.draft.tool;
    case 'undo':
      return change.tool ?? null;
    case 'update':
      return change.change.tool ?? task?.tool ?? null;
    case 'pause':
    case 'skip-next':
    case 'delete':
      return null;
    default:
      return task?.tool ?? null;
  }
}
