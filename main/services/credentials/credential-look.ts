import type { Settings } from '../../contract/settings.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { hourMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { Store } from '../../ports/store.ts';
import { maySignIn } from '../os-entries/sign-in-tasks.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import type { CredentialCheck } from './credential-check.ts';
import { credentialLooks, credentialProblems, rememberLooks, type CredentialLooks } from './credential-news.ts';

export interface CredentialLookNeeds {
  readonly store: Pick<Store, 'state' | 'read'>;
  readonly ledger: Marks;
  readonly clock: Clock;
  readonly settings: { read(): Settings };
  readonly planner: Pick<SlotPlanner, 'slots'>;
  readonly check: () => Promise<Pick<CredentialCheck, 'problem'>>;
}

export interface LookOptions {
  /** A task that could not sign in is looked at again after this time, in ms. */
  readonly againAfterMs: number;
  /** Rounds the time before a slot up to whole hours, as the entries of the OS scheduler do. @default false */
  readonly wholeHours?: boolean;
}

/**
 * Looks whether tasks that run soon can still sign in, and remembers it in the ledger. Each slot is looked at once, whichever
 * process does it; what cannot sign in is looked at again until it can.
 */
export class CredentialLook {
  readonly #needs: CredentialLookNeeds;

  constructor(needs: CredentialLookNeeds) {
    this.#needs = needs;
  }

  /** Returns whether a problem was found, or is gone. */
  async look(options: LookOptions): Promise<boolean> {
    const { store, ledger } = this.#needs;
    if (store.state().state !== 'ok') return false;
    const spanMs = this.#spanMs(options);
    const due = spanMs === 0 ? [] : this.#due(store.read(), spanMs, options);
    const found = new Map<string, { readonly slotMs: number | null; readonly message: string | null }>();
    for (const { task, slotMs } of due) {
      const check = await this.#needs.check();
      found.set(task.id, { slotMs, message: await check.problem(task) });
    }
    const known = credentialProblems(ledger);
    const wanted = spanMs === 0 ? new Set<string>() : activeIds(store.read());
    const problems = Object.fromEntries(Object.entries(known).filter(([id]) => wanted.has(id)));
    const looks: CredentialLooks = Object.fromEntries(
      Object.entries(credentialLooks(ledger)).filter(([id]) => wanted.has(id)),
    );
    const nowMs = this.#needs.clock.now();
    for (const [id, { slotMs, message }] of found) {
      looks[id] = { atMs: nowMs, slotMs };
      if (message === null) delete problems[id];
      else problems[id] = { sinceMs: known[id]?.sinceMs ?? nowMs, message };
    }
    const isNews = JSON.stringify(problems) !== JSON.stringify(known);
    if (isNews || found.size > 0) rememberLooks(ledger, problems, looks);
    return isNews;
  }

  #spanMs({ wholeHours = false }: LookOptions): number {
    const spanMs = this.#needs.settings.read().credentialCheckMs;
    return wholeHours ? Math.ceil(spanMs / hourMs) * hourMs : spanMs;
  }

  #due(file: ScheduleFile, spanMs: number, { againAfterMs }: LookOptions) {
    const { ledger, clock, planner } = this.#needs;
    const [problems, looks, nowMs] = [credentialProblems(ledger), credentialLooks(ledger), clock.now()];
    return Object.values(file.tasks).flatMap((task) => {
      const problem = problems[task.id];
      // A task with a problem may have been changed to one that signs in nowhere.
      if (task.status !== 'active' || (problem === undefined && !maySignIn(task))) return [];
      const slotMs = planner.slots(task, nowMs, nowMs + spanMs, 1)[0] ?? null;
      const last = looks[task.id];
      // A clock that was set back must not end the looks.
      const isRecent = last !== undefined && nowMs >= last.atMs && nowMs - last.atMs < againAfterMs;
      if (problem !== undefined) return isRecent ? [] : { task, slotMs };
      const isSeen = last !== undefined && slotMs !== null && sameSpan(last.slotMs, slotMs, spanMs);
      return slotMs === null || isSeen ? [] : { task, slotMs };
    });
  }
}

/** Slots of the same span share a look: a task that runs each minute is not looked at each time. */
const sameSpan = (one: number | null, other: number, spanMs: number): boolean =>
  one !== null && Math.floor(one / spanMs) === Math.floor(other / spanMs);

const activeIds = ({ tasks }: ScheduleFile): ReadonlySet<string> =>
  new Set(Object.values(tasks).flatMap(({ id, status }) => (status === 'active' ? id : [])));
