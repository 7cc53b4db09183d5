import { isDeepStrictEqual } from 'node:util';
import { settingsSchema } from '../../contract/settings.ts';
import type { McpServer, Settings } from '../../contract/settings.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { Logger } from '../../ports/logger.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import { isRecord, withoutSecrets } from '../transfer/secrets.ts';
import { shownOnce } from './settings-changes.ts';

export interface SettingsEditsNeeds {
  readonly settings: SettingsStore;
  readonly ledger: AuditTrail & Marks & WriteLock;
  readonly clock: Pick<Clock, 'nowIso'>;
  readonly logger: Pick<Logger, 'warn'>;
}

const markName = 'config.json';

/**
 * The settings, with a memory of the changes made through them: whatever else changed in `config.json`, an editor or
 * another program wrote. The ledger keeps the settings of the last look, without secrets, so a change of a password alone
 * is not noticed.
 */
export class SettingsEdits implements SettingsStore {
  readonly #needs: SettingsEditsNeeds;
  #saving = false;

  constructor(needs: SettingsEditsNeeds) {
    this.#needs = needs;
  }

  get path(): string {
    return this.#needs.settings.path;
  }

  read(): Settings {
    return this.#needs.settings.read();
  }

  problem(): string | null {
    return this.#needs.settings.problem();
  }

  mcpServers(): Record<string, McpServer> {
    return this.#needs.settings.mcpServers();
  }

  watch(listener: () => void): () => void {
    return this.#needs.settings.watch(listener);
  }

  /**
   * Records in the history what was edited since the last look. There is nothing to compare with at the first look, nor
   * after an update of the program that changed a default. A ledger that cannot be written is logged; the next look
   * records the edits.
   */
  noteEdits(): void {
    // The settings may notify of a change before `update` has remembered it as its own.
    if (this.#saving) return;
    const { ledger, logger } = this.#needs;
    try {
      ledger.withWriteLock(() => this.#noteEdits());
    } catch (problem) {
      logger.warn('Could not record whether config.json was edited', { problem: messageOf(problem) });
    }
  }

  /** As `noteEdits`, for somebody who only reads: writes nothing if nothing was edited, nor at the first look. */
  noteLaterEdits(): void {
    const { settings, ledger } = this.#needs;
    const mark = ledger.mark(markName);
    if (mark !== null && mark !== textOf(settings.read())) this.noteEdits();
  }

  /** @throws SchedulerError as `SettingsStore.update`. */
  update(change: Parameters<SettingsStore['update']>[0]): Settings {
    const { settings, ledger } = this.#needs;
    return ledger.withWriteLock(() => {
      this.#noteEdits();
      this.#saving = true;
      try {
        const saved = settings.update(change);
        ledger.setMark(markName, textOf(saved));
        return saved;
      } finally {
        this.#saving = false;
      }
    });
  }

  #noteEdits(): void {
    const { settings, ledger, clock } = this.#needs;
    if (settings.problem() !== null) return;
    const text = textOf(settings.read());
    const mark = ledger.mark(markName);
    if (mark === text) return;
    ledger.setMark(markName, text);
    const [before, after] = [partsOf(mark), partsOf(text)];
    if (before === null || after === null || !isDeepStrictEqual(before.defaults, after.defaults)) return;
    const changed = [...new Set([...Object.keys(before.settings), ...Object.keys(after.settings)])]
      .filter((name) => !shownOnce.includes(name))
      .filter((name) => !isDeepStrictEqual(before.settings[name], after.settings[name]));
    if (changed.length === 0) return;
    const of = (state: Fields): Fields => Object.fromEntries(changed.map((name) => [name, state[name]]));
    const event = { at: clock.nowIso(), author: 'file', action: 'settings.change', taskId: null };
    ledger.audit({ ...event, before: of(before.settings), after: of(after.settings) });
  }
}

type Fields = Readonly<Record<string, unknown>>;

const textOf = (settings: Settings): string =>
  JSON.stringify({ defaults: settingsSchema.parse({}), settings: withoutSecrets(settings) });

function partsOf(text: string | null): { readonly defaults: unknown; readonly settings: Fields } | null {
  const parts: unknown = text === null ? null : JSON.parse(text);
  if (!isRecord(parts) || !isRecord(parts['settings'])) return null;
  return { defaults: parts['defaults'], settings: parts['settings'] };
}
