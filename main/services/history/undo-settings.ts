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
 * a reference must never overwrite a password.
 */
export function undoneSettings(record: AuditRecord, present: Settings): SettingsChange | Obstacle {
  const { before, after } = statesOf(record);
  if (after === null) return notUndoable('The record does not say what it changed.');
  const now: Readonly<Record<string, unknown>> = withoutSecrets(present);
  const change: Record<string, unknown> = {};
  for (const name of Object.keys(after).filter((field) => field !== 'mcpServers')) {
    if (!isDeepStrictEqual(now[name], after[name])) return changedSince(name);
    change[name] = before?.[name] ?? undefined;
  }
  if (after['mcpServers'] === undefined) return change;
  const servers = undoneServers(recordOf(before?.['mcpServers']), recordOf(after['mcpServers']), present);
  return 'code' in servers ? servers : { ...change, mcpServers: servers.servers };
}

function undoneServers(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  present: Settings,
): { readonly servers: Record<string, McpServer> } | Obstacle {
  const now = recordOf(withoutSecrets(present)['mcpServers']);
  const servers = { ...present.mcpServers };
  for (const [name, server] of Object.entries(after)) {
    const was = before[name];
    if (isDeepStrictEqual(was, server)) continue;
    if (!isDeepStrictEqual(now[name], server)) return changedSince(`the MCP server ${name}`);
    if (was === undefined) delete servers[name];
    else if (JSON.stringify(was).includes('${secret:'))
      return notUndoable(
        `The earlier passwords of the MCP server ${name} were not recorded. Enter them again in the settings.`,
      );
    else servers[name] = was as McpServer;
  }
  return { servers };
}

const changedSince = (what: string): Obstacle =>
  conflict(`This was changed again since then: ${what}. Change it in the settings.`);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  statesOf({ before: value, after: null }).before ?? {};

/** No setting is named `code`, so the name tells the two apart. */
export const isObstacle = (answer: SettingsChange | Obstacle): answer is Obstacle =>
  'code' in answer && 'message' in answer;
