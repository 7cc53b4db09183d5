import type { DoctorCheck } from '../../contract/cli.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ImportedHistory } from '../../ports/ledger/history.ts';

export interface StorageDoctorNeeds {
  readonly store: Store;
  readonly settings: SettingsStore;
  readonly ledger: ExecutionRecords & ImportedHistory;
}

export function checkSchedule({ store }: StorageDoctorNeeds): DoctorCheck[] {
  const check = { id: 'store/schedule', title: 'Tasks', fixable: false };
  const file = store.read();
  const state = store.state();
  if (state.state === 'read-only') return [{ ...check, status: 'problem', message: state.message }];
  const message = `${Object.keys(file.tasks).length} tasks in ${Object.keys(file.timings).length} groups, in ${store.path}.`;
  return [{ ...check, status: 'ok', message }];
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
  const replaced = ledger.replacement();
  if (replaced === null)
    return [{ ...check, status: 'ok', message: `It responds; runs in progress: ${ledger.running().length}.` }];
  const kept = replaced.complete ? 'all of its rows were saved' : `${replaced.rowsSaved} rows were saved`;
  const message = `It was damaged and replaced on ${replaced.at}: ${kept}. The damaged file is ${replaced.movedTo}.`;
  return [{ ...check, status: 'warning', message }];
}
