import type { OsSchedulers } from '../adapters/os-scheduler/registry.ts';
import type { Clock } from '../ports/clock.ts';
import type { OsScheduler } from '../ports/os-scheduler.ts';
import type { SettingsStore } from '../ports/settings-store.ts';

/**
 * An answer this old is asked for again: a user manager may have come up, the cron daemon gone. One command asks several
 * times within milliseconds, and each answer costs a few processes.
 */
const freshMs = 5000;

export interface ChoiceNeeds {
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly schedulers: OsSchedulers;
}

/** The OS scheduler that carries the groups now, by the settings and by what this machine has. */
export function chosenScheduler({ settings, clock, schedulers }: ChoiceNeeds): () => Promise<OsScheduler> {
  let known: { readonly setting: string; readonly atMs: number; readonly answer: Promise<OsScheduler> } | null = null;
  return () => {
    const setting = settings.read().osScheduler;
    const atMs = clock.now();
    if (known?.setting === setting && atMs - known.atMs < freshMs && atMs >= known.atMs) return known.answer;
    const answer = choose(setting, schedulers);
    known = { setting, atMs, answer };
    // A refusal is not kept: what was missing may be put right at once.
    answer.catch(() => (known = null));
    return answer;
  };
}

async function choose(
  setting: ReturnType<SettingsStore['read']>['osScheduler'],
  schedulers: OsSchedulers,
): Promise<OsScheduler> {
  const { chooseOsScheduler } = await import('../adapters/os-scheduler/registry.ts');
  return chooseOsScheduler(setting, schedulers);
}
