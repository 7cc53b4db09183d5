import { isDeepStrictEqual } from 'node:util';
import type { McpServer, Settings } from '../../contract/settings.ts';
import type { AuditRecord } from '../../ports/ledger/audit.ts';
import { withoutSecrets } from '../transfer/secrets.ts';
import { conflict, notUndoable, statesOf, type Obstacle } from './undo-change.ts';

/** The settings to write to undo a change. An undefined value means the default. */
export type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined };

/**
 * Returns the settings that undo a change of settings, or why it cannot be undone. The record holds references in place
 * of secrets. A server that was added is removed; one that was replaced is restored only if it had no secrets, because
 * a reference must never overwrite a password. A removed server with secrets stays removed if the record holds other
 * changes, which are then undone.
 */
export function undoneSettings(record: AuditRecord, present: Settings): SettingsChange | Obstacle {
  const { before, after } = statesOf(record);
  if (after === null) return notUndoable('The record does not say what it changed.');
  const now: Readonly<Record<string, unknown>> = withoutSecrets(present);
  if (isDeepStrictEqual(before, after)) return passwordsOnly;
  const change: Record<string, unknown> = {};
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]);
  names.delete('mcpServers');
  for (const name of names) {
    if (!isDeepStrictEqual(now[name], after[name])) return changedSince(name);
    change[name] = before?.[name] ?? undefined;
  }
  if (before?.['mcpServers'] === undefined && after['mcpServers'] === undefined) return change;
  const servers = undoneServers(recordOf(before?.['mcpServers']), recordOf(after['mcpServers']), present);
  if ('code' in servers) return servers;
  const [lost] = servers.lost;
  const isAllLost = lost !== undefined && names.size === 0 && servers.undone === 0;
  return isAllLost ? passwordsOf(lost) : { ...change, mcpServers: servers.servers };
}

interface UndoneServers {
  readonly servers: Record<string, McpServer>;
  /** Number of servers that are as before the change. */
  readonly undone: number;
  /** Names of removed servers whose passwords were not recorded. */
  readonly lost: readonly string[];
}

function undoneServers(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  present: Settings,
): UndoneServers | Obstacle {
  const now = recordOf(withoutSecrets(present)['mcpServers']);
  const servers = { ...present.mcpServers };
  const lost: string[] = [];
  let undone = 0;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, server] = [before[name], after[name]];
    if (isDeepStrictEqual(was, server)) continue;
    if (!isDeepStrictEqual(now[name], server)) return changedSince(`the MCP server ${name}`);
    const hadPassword = was !== undefined && JSON.stringify(was).includes('${secret:');
    if (hadPassword && server !== undefined) return passwordsOf(name);
    if (hadPassword) {
      lost.push(name);
      continue;
    }
    undone += 1;
    if (was === undefined) delete servers[name];
    else servers[name] = was as McpServer;
  }
  return { servers, undone, lost };
}

const passwordsOf = (name: string): Obstacle =>
  notUndoable(`The earlier passwords of the MCP server ${name} were not recorded. Enter them again in the settings.`);

const passwordsOnly = notUndoable(
  'Only passwords changed, and they are not recorded. Enter them again in the settings.',
);

const changedSince = (what: string): Obstacle =>
  conflict(`This was changed again since then: ${what}. Change it in the settings.`);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  statesOf({ before: value, after: null }).before ?? {};

/** No setting is named `code`, so the name tells the two apart. */
export const isObstacle = (answer: SettingsChange | Obstacle): answer is Obstacle =>
  'code' in answer && 'message' in answer;
