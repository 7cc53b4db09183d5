import type { OsScheduler } from '../ports/os-scheduler.ts';
import type { Outside } from './outside.ts';

/**
 * How long an answer holds. A user manager may have started, the cron daemon stopped; but one command asks several times
 * within milliseconds, and each answer costs a few processes.
 */
const freshMs = 5000;

/** Returns the OS scheduler that carries the groups now, by the settings and by what this machine has. */
export function chosenScheduler(
  outside: Pick<Outside, 'settings' | 'clock' | 'chooseOsScheduler'>,
): () => Promise<OsScheduler> {
  const { settings, clock } = outside;
  let known: { readonly setting: string; readonly atMs: number; readonly answer: Promise<OsScheduler> } | null = null;
  return () => {
    const setting = settings.read().osScheduler;
    const atMs = clock.now();
    if (known?.setting === setting && atMs - known.atMs < freshMs && atMs >= known.atMs) return known.answer;
    const answer = outside.chooseOsScheduler(setting);
    known = { setting, atMs, answer };
    // A refusal is not kept: its cause may be fixed at once.
    answer.catch(() => (known = null));
    return answer;
  };
}
