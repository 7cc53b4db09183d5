import { z } from 'zod';
import type { Task } from '../../contract/task.ts';
import { programsOf } from '../../domain/programs.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { ProgramFinder } from '../../ports/program-finder.ts';

const usedSchema = z.object({ at: z.string(), paths: z.record(z.string(), z.string()) });
/** The programs of the last successful run at which one of them changed: absolute paths by name, and its ISO instant. */
export type UsedPrograms = z.infer<typeof usedSchema>;

export interface ProgramMemoryNeeds {
  readonly ledger: Marks;
  readonly findProgram: ProgramFinder;
}

/** Remembers where the programs of a task were, so that `doctor` can say which of them are gone or moved. */
export class ProgramMemory {
  readonly #needs: ProgramMemoryNeeds;

  constructor(needs: ProgramMemoryNeeds) {
    this.#needs = needs;
  }

  /** Call after a run that succeeded. Writes only if something changed. */
  async remember(task: Pick<Task, 'id' | 'tool' | 'parameters'>, path: string, at: string): Promise<void> {
    const names = programsOf(task);
    if (names.length === 0) return;
    const found = await Promise.all(
      names.map(async (name) => [name, await this.#needs.findProgram(name, path)] as const),
    );
    const paths = Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null));
    const before = this.used(task.id);
    if (before !== null && JSON.stringify(before.paths) === JSON.stringify(paths)) return;
    this.#needs.ledger.setMark(markOf(task.id), JSON.stringify({ at, paths } satisfies UsedPrograms));
  }

  /** Returns null for a task of which nothing is known. */
  used(taskId: string): UsedPrograms | null {
    const mark = this.#needs.ledger.mark(markOf(taskId));
    return mark === null ? null : usedSchema.parse(JSON.parse(mark));
  }
}

const markOf = (taskId: string): string => `programs:${taskId}`;
