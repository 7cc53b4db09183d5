import type { OsScheduler } from '../ports/os-scheduler.ts';
import type { Outside } from './outside.ts';

/**
 * How long the choice is reused, in ms. One command asks several times within milliseconds, and each answer starts a
 * few processes. Not longer, because a systemd user manager may start or the cron daemon may stop.
 */
const freshMs = 5000;

/** Returns a function that chooses the OS scheduler by the settings and by what this machine supports. */
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
    // A failure is not reused: a person may fix its cause at any time.
    answer.catch(() => {
      if (known?.answer === answer) known = null;
    });
    return answer;
  };
}
