import type { RefusedDefinition } from '../../../contract/fleet.ts';
import type { ScheduleFile, Task } from '../../../contract/task.ts';
import { messageOf } from '../../../domain/errors.ts';
import { isSameDefinition, type Definition, type SignedContent } from '../../../domain/fleet/definition.ts';
import { specOf } from '../../../domain/timing/spec-of.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { FleetFile, JoinedFleet } from '../../../ports/fleet/fleet-file.ts';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';
import type { StoredDefinition } from '../../../ports/fleet/shared-tasks.ts';
import type { AuditTrail } from '../../../ports/ledger/audit.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { Store } from '../../../ports/store.ts';
import type { ScheduleSync } from '../../os-entries/schedule-sync.ts';
import type { SlotPlanner } from '../../schedule/slot-planner.ts';
import { leaveGroup, placeTask } from '../../schedule/timing-groups.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import { hasOwnChanges, keptCopy } from './kept-copy.ts';
import { mergedTask } from './merged-task.ts';
import { verdictOn, type Verdict } from './signed-definition.ts';

export interface MirrorNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call'>;
  readonly file: FleetFile;
  readonly keys: MemberKeys;
  /** Not guarded: what it writes, the fleet has accepted. */
  readonly store: Store;
  readonly ledger: AuditTrail & Marks;
  readonly planner: Pick<SlotPlanner, 'settle'>;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly machineTimezone: () => string;
  readonly newId: () => string;
}

/** What a sync changed on this machine. */
export interface Synced {
  /** Ids of the shared tasks that changed. */
  readonly changed: readonly string[];
  /** Names of the paused copies of local tasks that the fleet's tasks replaced. */
  readonly kept: readonly string[];
}

interface Applied {
  readonly taskId: string;
  readonly timingIds: readonly string[];
  /** Name of the copy of the local task that it replaced; null if nothing of it was lost. */
  readonly kept: string | null;
}

/** Takes the shared tasks of the fleet over into `schedule.json`, so that this machine runs them as its own. */
export class Mirror {
  readonly #needs: MirrorNeeds;
  #running: Promise<Synced> | null = null;

  constructor(needs: MirrorNeeds) {
    this.#needs = needs;
  }

  /**
   * Takes over what changed in the fleet since the last time. A local task that was changed after this machine had left the
   * fleet is kept as a paused copy.
   * @throws SchedulerError `fleet/…`, `store/…`.
   */
  sync(): Promise<Synced> {
    this.#running ??= this.#sync().finally(() => (this.#running = null));
    return this.#running;
  }

  async #sync(): Promise<Synced> {
    const { connection, keys } = this.#needs;
    const fleet = connection.membership();
    const rows = await connection.call((database) => database.tasks.changedSince(this.#from(fleet)));
    if (rows.length === 0) return { changed: [], kept: [] };
    const judged = rows.map((row) => ({ row, verdict: verdictOn(row, fleet, keys) }));
    const contents = judged.flatMap(({ verdict }) => (verdict.kind === 'accepted' ? verdict.content : []));
    const signers = signersOf(judged);
    const lagging = this.#lagging(fleet, judged);
    const { changed, kept, timingIds } = this.#takeOver([...contents, ...lagging]);
    const refused = judged.flatMap(({ row, verdict }) =>
      verdict.kind === 'refused' ? [this.#refusal(row, verdict)] : [],
    );
    this.#record(rows, contents, { refused, signers });
    if (timingIds.length > 0) await this.#installed(timingIds);
    return { changed, kept };
  }

  /** Everything is read again if this machine has another revision than it accepted, such as after restoring a backup. */
  #from({ change, revisions }: JoinedFleet): number {
    const isBehind = Object.values(this.#needs.store.read().tasks).some(
      ({ id, shared }) => shared !== undefined && shared.revision !== revisions[id],
    );
    return isBehind ? 0 : change;
  }

  /** Returns accepted revisions that `schedule.json` lost. Their signatures were checked. */
  #lagging(
    fleet: JoinedFleet,
    judged: readonly { row: StoredDefinition; verdict: { kind: string } }[],
  ): SignedContent[] {
    const { tasks } = this.#needs.store.read();
    const known = judged.filter(
      ({ row, verdict }) => verdict.kind === 'known' && fleet.revisions[row.taskId] === row.revision,
    );
    return known.flatMap(({ row }) => {
      const shared = tasks[row.taskId]?.shared;
      if (shared === undefined || shared.revision === row.revision) return [];
      const again = verdictOn(row, { ...fleet, revisions: {} }, this.#needs.keys);
      return again.kind === 'accepted' ? [again.content] : [];
    });
  }

  #takeOver(contents: readonly SignedContent[]): Synced & { readonly timingIds: readonly string[] } {
    if (contents.length === 0) return { changed: [], kept: [], timingIds: [] };
    const { store } = this.#needs;
    this.#settle(contents, store.read());
    return store.update((draft) => {
      const touched = contents.map((content) => this.#apply(draft, content)).filter((each) => each !== null);
      return {
        changed: touched.map(({ taskId }) => taskId),
        kept: touched.flatMap(({ kept }) => kept ?? []),
        timingIds: [...new Set(touched.flatMap(({ timingIds }) => timingIds))],
      };
    });
  }

  /** Slots until now are judged by the definition that held until now. */
  #settle(contents: readonly SignedContent[], file: ScheduleFile): void {
    for (const { taskId } of contents) {
      const task = file.tasks[taskId];
      if (task !== undefined && task.status === 'paused') this.#needs.planner.settle(task, file);
    }
  }

  #apply(draft: ScheduleFile, content: SignedContent): Applied | null {
    const { taskId, author, by } = content;
    const current = Object.hasOwn(draft.tasks, taskId) ? (draft.tasks[taskId] ?? null) : null;
    const before = current === null ? null : structuredClone(current);
    const { clock, machineTimezone, ledger } = this.#needs;
    const at = clock.nowIso();
    const audit = (action: string, after: Task | null): void => {
      ledger.audit({ at, author: `${by} on ${author}`, action, taskId, before, after });
    };
    if (content.task === null || content.runsOn === null) {
      if (current?.shared === undefined) return null;
      leaveGroup(draft, current);
      delete draft.tasks[taskId];
      audit('task.delete', null);
      return { taskId, timingIds: [current.timingId], kept: null };
    }
    const copy = before === null ? null : this.#keep(draft, before, content.task);
    const task = mergedTask(current, content, at);
    placeTask(draft, task, specOf(content.task), { machineTimezone: machineTimezone(), nowIso: at });
    if (before === null || !isSameDefinition(before, task) || before.shared?.revision !== task.shared?.revision)
      audit(before === null ? 'task.create' : 'task.update', task);
    const timingIds = [before?.timingId, task.timingId, copy?.timingId].filter((id) => id !== undefined);
    return { taskId, timingIds: [...new Set(timingIds)], kept: copy?.name ?? null };
  }

  /** Keeps what a person changed of a local task that the fleet's is about to replace. Returns the copy; null if there is none. */
  #keep(draft: ScheduleFile, local: Task, fleet: Definition): Task | null {
    const { ledger, clock, newId, machineTimezone, logger } = this.#needs;
    if (local.shared !== undefined || !hasOwnChanges(local, fleet, ledger)) return null;
    const nowIso = clock.nowIso();
    const copy = keptCopy(local, draft, { newId, now: nowIso });
    placeTask(draft, copy, specOf(copy), { machineTimezone: machineTimezone(), nowIso });
    ledger.audit({ at: nowIso, author: 'fleet', action: 'task.create', taskId: copy.id, before: null, after: copy });
    logger.warn('Kept a local task that the fleet has in another version', { task: local.name, copy: copy.name });
    return copy;
  }

  #refusal(
    row: StoredDefinition,
    refused: { reason: RefusedDefinition['reason']; message: string; name: string | null },
  ) {
    const { taskId, revision, authorId, authorKey } = row;
    const { reason, message, name: taskName } = refused;
    const fingerprint = this.#needs.keys.fingerprint(authorKey);
    const at = this.#needs.clock.nowIso();
    this.#needs.logger.warn('Refused a definition of the fleet', { taskId, revision, reason });
    return { taskId, taskName, revision, reason, message, authorId, fingerprint, at } satisfies RefusedDefinition;
  }

  #record(
    rows: readonly StoredDefinition[],
    contents: readonly SignedContent[],
    { refused, signers }: { readonly refused: readonly RefusedDefinition[]; readonly signers: JoinedFleet['signers'] },
  ): void {
    const change = Math.max(...rows.map((row) => row.change));
    const accepted = Object.fromEntries(contents.map(({ taskId, revision }) => [taskId, revision]));
    const settled = new Set(rows.map(({ taskId }) => taskId));
    this.#needs.file.update((fleet) => {
      if (fleet === null) return null;
      const kept = Object.entries(fleet.refused).filter(([taskId]) => !settled.has(taskId));
      return {
        ...fleet,
        change: Math.max(fleet.change, change),
        revisions: { ...fleet.revisions, ...accepted },
        signers: { ...fleet.signers, ...signers },
        refused: Object.fromEntries([...kept, ...refused.map((each) => [each.taskId, each] as const)]),
      };
    });
  }

  /** The definitions count even if the OS refuses an entry: `doctor` shows that, and the app fires the group. */
  async #installed(timingIds: readonly string[]): Promise<void> {
    try {
      await this.#needs.sync.ensure(timingIds);
    } catch (problem) {
      this.#needs.logger.warn('Could not install the entries of shared tasks', { problem: messageOf(problem) });
    }
  }
}

/** Returns which key signed the versions that this machine has or takes over. */
function signersOf(judged: readonly { row: StoredDefinition; verdict: Verdict }[]): JoinedFleet['signers'] {
  const trusted = judged.filter(({ verdict }) => verdict.kind !== 'refused');
  return Object.fromEntries(
    trusted.map(({ row: { taskId, revision, authorKey } }) => [taskId, { revision, key: authorKey }]),
  );
}
