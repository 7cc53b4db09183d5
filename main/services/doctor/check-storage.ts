import type { DoctorCheck } from '../../contract/cli.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { ImportedHistory } from '../../ports/ledger/history.ts';
import type { LedgerLosses } from '../../ports/ledger/losses.ts';
import { executionFilterSchema } from '../../contract/execution.ts';
import { ledgerTrouble } from './loss-text.ts';

export interface StorageDoctorNeeds {
  readonly store: Store;
  readonly settings: SettingsStore;
  readonly ledger: ExecutionRecords & ExecutionPages & AuditTrail & ImportedHistory & LedgerLosses;
}

export function checkSchedule({ store, ledger }: StorageDoctorNeeds): DoctorCheck[] {
  const check = { id: 'store/schedule', title: 'Tasks', fixable: false };
  const state = store.state();
  if (state.state === 'read-only') return [{ ...check, status: 'problem', message: state.message }];
  const file = store.read();
  if (Object.keys(file.tasks).length === 0 && areDefinitionsLost(store, ledger)) {
    return [{ ...check, status: 'problem', message: lostDefinitions(store.path) }];
  }
  const [tasks, groups] = [counted(file.tasks, 'task'), counted(file.timings, 'group')];
  const message = `${tasks} in ${groups}, in ${store.path}.`;
  return [{ ...check, status: 'ok', message }];
}

/** How many of the latest runs and changes are looked at for a sign of earlier tasks. */
const looked = 50;

/** Every save leaves a backup, so without one nothing was saved here; but a ledger with runs says that something was. */
function areDefinitionsLost(store: Store, ledger: StorageDoctorNeeds['ledger']): boolean {
  if (store.backups().length > 0) return false;
  const { executions } = ledger.list(executionFilterSchema.parse({ limit: looked }));
  // A test runs a task that may never be saved.
  if (executions.some(({ trigger }) => trigger !== 'test')) return true;
  return ledger.changes({}, looked).some(({ action, after }) => action.startsWith('task.') && after !== null);
}

const lostDefinitions = (path: string): string =>
  `There are no tasks, but the ledger knows earlier ones: ${path} and its backups were lost. Restore the file from a backup of your own. Without one, the history (\`history\`, or History in the window) shows what the tasks were.`;

function counted(all: object, what: string): string {
  const count = Object.keys(all).length;
  return `${count} ${count === 1 ? what : `${what}s`}`;
}

export function checkSettings({ settings }: StorageDoctorNeeds): DoctorCheck[] {
  const servers = Object.keys(settings.mcpServers());
  settings.read();
  const known = servers.length === 0 ? 'no MCP servers' : `MCP servers: ${servers.join(', ')}`;
  return [
    { id: 'store/settings', title: 'Settings', status: 'ok', message: `${settings.path}, ${known}.`, fixable: false },
  ];
}

export function checkLedger({ ledger }: StorageDoctorNeeds): DoctorCheck[] {
  const check = { id: 'store/ledger', title: 'Ledger', fixable: false };
  const trouble = ledgerTrouble(ledger);
  if (trouble !== null) return [{ ...check, status: 'warning', message: trouble.message }];
  return [{ ...check, status: 'ok', message: `It responds; runs in progress: ${ledger.running().length}.` }];
}
