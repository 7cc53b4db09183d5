import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScheduleStore } from '../../main/adapters/storage/schedule/schedule-file.ts';
import { openLedger } from '../../main/adapters/storage/ledger/sqlite-ledger.ts';
import { scheduleFileSchema, type ScheduleFile } from '../../main/contract/task.ts';
import { everythingServer } from '../paths.ts';

/** A tool and its parameters. */
export interface Work {
  readonly tool: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export const mcpEcho: Work = { tool: 'everything:echo', parameters: { message: 'hello' } };
export const shellTrue: Work = { tool: 'shell:run', parameters: { command: 'true' } };

export interface GroupPlan {
  readonly cron: string;
  readonly tasks: number;
  readonly work: Work;
}

/** A data directory for one measurement, with the given groups. */
export class DataDirectory {
  readonly path: string;

  constructor(groups: readonly GroupPlan[], settings: Readonly<Record<string, unknown>> = {}) {
    this.path = mkdtempSync(join(tmpdir(), 'ncp-bench-'));
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const mcpServers = { everything: { command: process.execPath, args: [everythingServer] } };
    const config = { osScheduler: 'in-process', mcpServers, ...settings };
    writeFileSync(join(this.path, 'config.json'), JSON.stringify(config), { mode: 0o600 });
    saveSchedule(this.path, scheduleOf(groups));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Returns the id of the group with this index in `DataDirectory`'s plan. */
export const timingIdOf = (index: number): string => `bench-group-${index + 1}`;

/** Saves the schedule with the product's own store, because the product does not validate its own files again. */
function saveSchedule(dir: string, schedule: ScheduleFile): void {
  const ledger = openLedger(join(dir, 'ledger.db'));
  try {
    openScheduleStore({ dir, ledger }).update((draft) => Object.assign(draft, schedule));
  } finally {
    ledger.close();
  }
}

function scheduleOf(groups: readonly GroupPlan[]): ScheduleFile {
  const createdAt = new Date().toISOString();
  const file = { version: '2.0.0', tasks: {} as Record<string, unknown>, timings: {} as Record<string, unknown> };
  for (const [index, group] of groups.entries()) {
    const timingId = timingIdOf(index);
    const ids = Array.from({ length: group.tasks }, (_, number) => `bench-${index + 1}-${number + 1}`);
    const schedule = { cronExpression: group.cron, timezone: 'UTC', createdAt };
    file.timings[timingId] = { id: timingId, name: timingId, taskIds: ids, ...schedule };
    for (const id of ids) {
      file.tasks[id] = { id, name: id, timingId, ...schedule, ...group.work, armedAt: createdAt, status: 'active' };
    }
  }
  return scheduleFileSchema.parse(file);
}
