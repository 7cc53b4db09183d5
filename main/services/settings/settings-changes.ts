import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../contract/settings.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import { withoutSecrets } from '../transfer/secrets.ts';

export interface SettingsChangesNeeds {
  readonly settings: Pick<SettingsStore, 'read' | 'update'>;
  readonly ledger: AuditTrail & WriteLock;
  readonly clock: Clock;
}

/** Fields that remember what the app has shown: no decision of a person, so nothing to undo. */
export const shownOnce: readonly string[] = ['tourSeen'] satisfies readonly (keyof Settings)[];

/** Changes settings and records each change in the history, without secrets, so that it can be undone. */
export class SettingsChanges {
  readonly #needs: SettingsChangesNeeds;

  constructor(needs: SettingsChangesNeeds) {
    this.#needs = needs;
  }

  /**
   * A field set to undefined returns to its default. A value that is the same as before is not recorded, nor is what the
   * app remembers having shown.
   *
   * @throws SchedulerError as `SettingsStore.update`.
   */
  update(change: Parameters<SettingsStore['update']>[0], author: string): Settings {
    const { settings, ledger, clock } = this.#needs;
    return ledger.withWriteLock(() => {
      const before: Readonly<Record<string, unknown>> = settings.read();
      const saved = settings.update(change);
      const after: Readonly<Record<string, unknown>> = saved;
      const changed = Object.keys(change)
        .filter((name) => !shownOnce.includes(name))
        .filter((name) => !isDeepStrictEqual(before[name], after[name]));
      if (changed.length > 0) {
        const of = (state: Readonly<Record<string, unknown>>) =>
          withoutSecrets(Object.fromEntries(changed.map((name) => [name, state[name]])));
        const event = { at: clock.nowIso(), author, action: 'settings.change', taskId: null };
        ledger.audit({ ...event, before: of(before), after: of(after) });
      }
      return saved;
    });
  }
}
