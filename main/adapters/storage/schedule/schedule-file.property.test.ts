import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ScheduleFile } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { mutated } from '../../../testing/mutated-text.ts';
import { addTask } from '../../../testing/schedule-samples.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { parseSchedule, scheduleText } from './document.ts';
import { openScheduleStore } from './schedule-file.ts';

const file: ScheduleFile = { version: '2.0.0', tasks: {}, timings: {} };
for (const id of ['a', 'b', 'constructor']) addTask(file, { id, policies: { retries: { count: 2 } }, tags: ['x'] });
const text = scheduleText(file);

it('2,000 mutated schedules: each is read, or refused with a place; the ones read can be written and read again', () => {
  fc.assert(
    fc.property(mutated(text), (mutant) => {
      const document = parseSchedule(mutant);
      if (document.kind === 'invalid') {
        expect(document.reason).toMatch(/^line \d+, column \d+: .+\.|newer version/);
        return;
      }
      expect(parseSchedule(scheduleText(document.file))).toEqual(document);
    }),
    { numRuns: 2000 },
  );
});

it('a mutated file is used or stays unchanged, byte for byte', () => {
  const dir = temporaryDir();
  const path = join(dir, 'schedule.json');
  const ledger = memoryLedger();
  fc.assert(
    fc.property(mutated(text), (mutant) => {
      writeFileSync(path, mutant);
      const store = openScheduleStore({ dir, ledger });
      const isUsable = store.state().state === 'ok';
      try {
        store.update((draft) => {
          addTask(draft, { id: 'added' });
        });
        expect(isUsable).toBe(true);
        expect(store.read().tasks).toHaveProperty('added');
      } catch (error) {
        if (!(error instanceof SchedulerError)) throw error;
        expect(readFileSync(path, 'utf8')).toBe(Buffer.from(mutant).toString('utf8'));
      }
    }),
    { numRuns: 100 },
  );
});
