import type { DoctorCheck } from '../../contract/cli.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ImportedHistory, LedgerReplacement } from '../../ports/ledger/history.ts';
import type { LedgerLosses } from '../../ports/ledger/losses.ts';
import { lossText } from './loss-text.ts';

export interface StorageDoctorNeeds {
  readonly store: Store;
  readonly settings: SettingsStore;
  readonly ledger: ExecutionRecords & ImportedHistory & LedgerLosses;
}

export function checkSchedule({ store }: StorageDoctorNeeds): DoctorCheck[] {
  const check = { id: 'store/schedule', title: 'Tasks', fixable: false };
  const state = store.state();
  if (state.state === 'read-only') return [{ ...check, status: 'problem', message: state.message }];
  const file = store.read();
  const [tasks, groups] = [counted(file.tasks, 'task'), counted(file.timings, 'group')];
  const message = `${tasks} in ${groups}, in ${store.path}.`;
  return [{ ...check, status: 'ok', message }];
}

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
  const [replaced, loss] = [ledger.replacement(), ledger.loss()];
  const facts = [replaced === null ? null : damageText(replaced), loss === null ? null : lossText(loss)];
  const message = facts.filter((fact) => fact !== null).join(' ');
  if (message !== '') return [{ ...check, status: 'warning', message }];
  return [{ ...check, status: 'ok', message: `It responds; runs in progress: ${ledger.running().length}.` }];
}

function damageText({ at, movedTo, rowsSaved, complete }: LedgerReplacement): string {
  const kept = complete ? 'all of its rows were saved' : `${rowsSaved} rows were saved`;
  return `It was damaged and replaced on ${at}: ${kept}. The damaged file is ${movedTo}.`;
}
