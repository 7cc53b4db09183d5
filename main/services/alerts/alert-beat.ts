import { z } from 'zod';
import { attentionKindSchema } from '../../contract/attention.ts';
import type { AlertSettings } from '../../contract/alerts/rules.ts';
import { hourMs, minuteMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AlertRecords } from '../../ports/ledger/alerts.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { Logger } from '../../ports/logger.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import type { AttentionWatch } from '../attention/attention-watch.ts';
import type { AlertWriter } from './alert-writer.ts';

/** How often the entries of the OS scheduler are compared: each time starts a program. */
const entriesEveryMs = hourMs;
const heartbeatMs = 5 * minuteMs;
const driftMark = 'alerts.drift';
const heartbeatMark = 'alerts.heartbeat';
const pathsSchema = z.array(z.string());

export interface AlertBeatNeeds {
  readonly writer: AlertWriter;
  readonly watch: Pick<AttentionWatch, 'check'>;
  readonly ledger: AlertRecords & Marks;
  readonly clock: Clock;
  /** Returns the entries of this schedule in the OS scheduler. */
  readonly entries: () => Promise<readonly OsEntry[]>;
  /** Adds the digest if it is due; undefined if none is set. */
  readonly digest: (digest: AlertSettings['digest']) => void;
  readonly logger: Logger;
}

/** Adds the alerts that follow from time, not from what a run did. */
export class AlertBeat {
  readonly #needs: AlertBeatNeeds;
  #entriesAtMs = 0;

  constructor(needs: AlertBeatNeeds) {
    this.#needs = needs;
  }

  /** Call now and then. Cheap while there are no rules. */
  beat(): void {
    const { writer, watch, ledger, logger } = this.#needs;
    const settings = writer.settings();
    if (settings === null) return;
    try {
      if (selects(settings, attentionKindSchema.options)) ledger.together(() => writer.attention(watch.check()));
      this.#needs.digest(settings.digest);
    } catch (problem) {
      logger.warn('Alerts that follow from time could not be added', { problem: messageOf(problem) });
    }
  }

  /** As `beat`, for the one process that keeps running: also the heartbeat and the entries of the OS scheduler. */
  beatOfPrimary(): void {
    this.beat();
    const settings = this.#needs.writer.settings();
    if (settings === null) return;
    this.#heartbeat(settings);
    if (!selects(settings, ['drift']) || this.#needs.clock.now() - this.#entriesAtMs < entriesEveryMs) return;
    this.#entriesAtMs = this.#needs.clock.now();
    this.#checkEntries().catch((problem: unknown) =>
      this.#needs.logger.warn('The entries could not be compared for alerts', { problem: messageOf(problem) }),
    );
  }

  #heartbeat({ heartbeat }: AlertSettings): void {
    if (heartbeat === undefined) return;
    const { ledger, clock, writer } = this.#needs;
    const everyMs = heartbeat.everyMs ?? heartbeatMs;
    const last = Date.parse(ledger.mark(heartbeatMark) ?? '');
    // A clock that was set back must not silence it.
    if (clock.now() >= last && clock.now() - last < everyMs) return;
    ledger.together(() => {
      ledger.setMark(heartbeatMark, clock.nowIso());
      writer.heartbeat(heartbeat.channels, everyMs);
    });
  }

  async #checkEntries(): Promise<void> {
    const { entries, ledger, writer } = this.#needs;
    const drifted = (await entries()).filter(({ state }) => state === 'drifted');
    ledger.together(() => {
      const known = knownPaths(ledger.mark(driftMark));
      for (const { timingId, path, detail } of drifted) {
        if (!known.includes(path)) writer.drifted(timingId, detail ?? 'Run `ncp-scheduler doctor --fix` to repair it.');
      }
      ledger.setMark(driftMark, JSON.stringify(drifted.map(({ path }) => path)));
    });
  }
}

const selects = ({ rules }: AlertSettings, kinds: readonly string[]): boolean =>
  rules.some(({ events }) => events.some((kind) => kinds.includes(kind)));

/** Ignores a mark in another version's format: at worst an alert is repeated. */
function knownPaths(mark: string | null): string[] {
  if (mark === null) return [];
  try {
    return pathsSchema.safeParse(JSON.parse(mark)).data ?? [];
  } catch {
    return [];
  }
}
