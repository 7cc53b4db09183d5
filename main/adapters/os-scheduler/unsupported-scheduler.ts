import { SchedulerError } from '../../domain/errors.ts';
import type { OsSchedulerKind } from '../../contract/settings.ts';
import type {
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  OsSchedulerCapabilities,
  Translation,
} from '../../ports/os-scheduler.ts';

/** The place of a scheduler that this version cannot serve. */
export class UnsupportedScheduler implements OsScheduler {
  readonly kind: OsSchedulerKind;

  constructor(kind: OsSchedulerKind) {
    this.kind = kind;
  }

  async capabilities(): Promise<OsSchedulerCapabilities> {
    return { available: false, notes: [this.#error().message], runsWhenLoggedOut: false, timezones: false };
  }

  translate(): Translation {
    throw this.#error();
  }

  async apply(groups: readonly OsGroup[]): Promise<EntryChange[]> {
    return groups.map(({ timingId }) => this.#failure(timingId));
  }

  async remove(timingIds: readonly string[]): Promise<EntryChange[]> {
    return timingIds.map((timingId) => this.#failure(timingId));
  }

  async list(): Promise<OsEntry[]> {
    return [];
  }

  async readBack(): Promise<number[]> {
    return [];
  }

  #failure(timingId: string): EntryChange {
    const { code, message } = this.#error();
    return { timingId, change: 'failed', path: '', error: { code, message } };
  }

  #error(): SchedulerError {
    return new SchedulerError('os/unsupported', `${this.kind} is not supported by this version.`, { kind: this.kind });
  }
}
