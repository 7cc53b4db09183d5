import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../../main/adapters/storage/durable-write.ts';
import { openLedger } from '../../main/adapters/storage/ledger/sqlite-ledger.ts';
import { openScheduleStore } from '../../main/adapters/storage/schedule/schedule-file.ts';
import { ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { emptyDirectoryOf, GROUPS, TASKS_PER_GROUP } from './window.ts';

const saves = 15;
const target = 3;

/** Measures the change of one task in the largest supported schedule, against a durable write of the same bytes. */
export async function measureSaves(): Promise<Table> {
  const directory = emptyDirectoryOf(GROUPS);
  const ledger = openLedger(join(directory.path, 'ledger.db'));
  try {
    const store = openScheduleStore({ dir: directory.path, ledger });
    const text = readFileSync(store.path, 'utf8');
    const raw: Took[] = [];
    const ours: Took[] = [];
    for (let save = 0; save < saves; save += 1) {
      raw.push(timed(() => writeDurably(join(directory.path, 'raw.json'), text)));
      ours.push(
        timed(() =>
          store.update(({ tasks }) => {
            const task = tasks['bench-500-5'];
            if (task === undefined) throw new Error('the schedule lacks its task');
            task.description = `Save ${save}`;
          }),
        ),
      );
    }
    const row = (what: string, read: (took: Took) => number): string[] => {
      const [rawMs, oursMs] = [median(raw.map(read)), median(ours.map(read))];
      return [what, ms(rawMs), ms(oursMs), ratio(oursMs, rawMs, target)];
    };
    return {
      title: `A change of one of ${GROUPS * TASKS_PER_GROUP} tasks`,
      note: `Saved by the store in this process, with its backup, against one durable write of the same ${(text.length / 1e6).toFixed(1)} MB. Medians of ${saves}, alternating.`,
      columns: ['what', 'raw', 'ours', 'ratio'],
      rows: [row('time', ({ wallMs }) => wallMs), row('CPU', ({ cpuMs }) => cpuMs)],
    };
  } finally {
    ledger.close();
    directory.remove();
  }
}

interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}

function timed(action: () => void): Took {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}
