import type { Settings } from '../../contract/settings.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { hourMs, minuteMs } from '../../domain/durations.ts';
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
  /**
   * True in a process that an entry of the OS scheduler started, and which ends at once. It looks as many whole hours ahead as
   * entries fire early, trusts what another process saw before the same slot, and does not ask at each fire what was refused.
   */
  readonly fired: boolean;
}

/**
 * A process that ends at once keeps no memory of what a server refused, and some servers lock an account after a few wrong
 * passwords: entries that fire each minute must not ask each minute.
 */
const againAfterMs = 30 * minuteMs;

/**
 * Looks whether tasks that run soon can still sign in, and remembers it in the ledger. Each slot is looked at once; what cannot
 * sign in is looked at again until it can.
 */
export class CredentialLook {
  readonly #needs: CredentialLookNeeds;
  /** The looks of this process. */
  readonly #own: CredentialLooks = {};

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
      this.#own[id] = looks[id];
      if (message === null) delete problems[id];
      else problems[id] = { sinceMs: known[id]?.sinceMs ?? nowMs, message };
    }
    const isNews = JSON.stringify(problems) !== JSON.stringify(known);
    if (isNews || found.size > 0) rememberLooks(ledger, problems, looks);
    return isNews;
  }

  #spanMs({ fired }: LookOptions): number {
    const spanMs = this.#needs.settings.read().credentialCheckMs;
    return fired ? Math.ceil(spanMs / hourMs) * hourMs : spanMs;
  }

  #due(file: ScheduleFile, spanMs: number, { fired }: LookOptions) {
    const { ledger, clock, planner } = this.#needs;
    const [problems, nowMs] = [credentialProblems(ledger), clock.now()];
    const looks = fired ? credentialLooks(ledger) : this.#own;
    return Object.values(file.tasks).flatMap((task) => {
      const problem = problems[task.id];
      // A task with a problem may have been changed to one that signs in nowhere.
      if (task.status !== 'active' || (problem === undefined && !maySignIn(task))) return [];
      const slotMs = planner.slots(task, nowMs, nowMs + spanMs, 1)[0] ?? null;
      const last = looks[task.id];
      // A clock that was set back must not end the looks.
      const isRecent = fired && last !== undefined && nowMs >= last.atMs && nowMs - last.atMs < againAfterMs;
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
