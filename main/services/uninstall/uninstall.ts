import type { UninstallResult, UninstallStep } from '../../contract/uninstall.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { removalStep } from '../../domain/installation-advice.ts';
import type { AgentPrograms } from '../../ports/agent-programs.ts';
import type { Autostart } from '../../ports/autostart-removal.ts';
import type { DataRemoval } from '../../ports/data-removal.ts';
import type { Installation } from '../../ports/installation.ts';
import type { ServiceManager } from '../../ports/service-manager.ts';
import type { ShellCommand } from '../../ports/shell-command.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { leave, memberAt, staysMember, type JoinedFleet } from './joined-fleet.ts';

export interface UninstallNeeds {
  readonly sync: Pick<ScheduleSync, 'entries' | 'removeAll'>;
  readonly service: ServiceManager;
  readonly shellCommand: ShellCommand;
  readonly agentPrograms: AgentPrograms;
  readonly autostart: Autostart;
  readonly data: DataRemoval;
  readonly installation: Pick<Installation, 'kind' | 'path'>;
  /** Absolute. */
  readonly dataDir: string;
  /** Returns the fleet that this machine is a member of, or null. Asks no database. */
  readonly fleet: () => Promise<JoinedFleet | null>;
  /** Returns whether the app or `serve` leads the scheduler. */
  readonly isLed: () => Promise<boolean>;
  /** Closes the files of the data directory, so that they can be deleted. */
  readonly closeData: () => void;
}

export interface UninstallOptions {
  /** Also deletes tasks, history, logs, settings and secrets. */
  readonly purge: boolean;
  /** Changes nothing. */
  readonly dryRun: boolean;
}

type Found = Pick<UninstallStep, 'what' | 'path'>;

/** Removes what this app put on the machine, and says what is left. */
export class Uninstall {
  readonly #needs: UninstallNeeds;

  constructor(needs: UninstallNeeds) {
    this.#needs = needs;
  }

  /**
   * A step that fails does not stop the others.
   * @throws SchedulerError `control/primary-running` if the app leads the scheduler: it would install its entries again.
   */
  async run({ purge, dryRun }: UninstallOptions): Promise<UninstallResult> {
    const { service, sync, autostart, shellCommand, agentPrograms } = this.#needs;
    const steps: UninstallStep[] = [];
    const step = async (found: Found, action: () => unknown): Promise<void> => {
      steps.push(dryRun ? { ...found, change: 'would-remove', detail: null } : await done(found, action));
    };
    const { state, path: servicePath, atBoot, running } = await service.state();
    if (state === 'installed') await step({ what: 'service', path: servicePath ?? '' }, () => service.uninstall());
    const isLed = await this.#needs.isLed();
    if (!dryRun && isLed) throw stillRunning();
    steps.push(...(dryRun ? await presentEntries(sync) : await removedEntries(sync)));
    const login = autostart.path();
    if (login !== null) await step({ what: 'autostart', path: login }, () => autostart.remove());
    const command = await shellCommand.state();
    if (command.state === 'installed' || command.state === 'stale') {
      await step({ what: 'shell-command', path: command.path }, () => shellCommand.remove());
    }
    for (const { program, state: connected, path } of agentPrograms.list()) {
      if ((connected !== 'connected' && connected !== 'off') || path === null) continue;
      await step({ what: 'agent', path }, () => agentPrograms.disconnect(program));
    }
    const fleet = await this.#needs.fleet();
    if (purge && fleet !== null) await step({ what: 'fleet', path: memberAt(fleet) }, () => leave(fleet));
    await this.#removeData(purge, dryRun, step);
    if (!dryRun) this.#needs.data.removeEmptyFolders();
    if (!purge) steps.push({ what: 'data', path: this.#needs.dataDir, change: 'kept', detail: keptBecause });
    // The step before stopped a service that runs.
    const mustStop = isLed && !(state === 'installed' && running !== false);
    const left = [
      ...(mustStop ? [stopFirst] : []),
      ...(fleet !== null && !purge ? [staysMember(fleet)] : []),
      ...this.#left(purge && !dryRun),
      ...(atBoot === true ? [stillLingers] : []),
    ];
    return { steps, left };
  }

  async #removeData(purge: boolean, dryRun: boolean, step: (found: Found, action: () => unknown) => Promise<void>) {
    const { data, closeData } = this.#needs;
    const caches = new Set(data.caches());
    const paths = purge ? data.everything() : [...caches];
    if (purge && !dryRun) closeData();
    for (const path of paths) await step({ what: caches.has(path) ? 'cache' : 'data', path }, () => data.remove(path));
  }

  #left(purged: boolean): string[] {
    const { autostart, data, dataDir, installation } = this.#needs;
    const others = purged ? data.removeFolder() : [];
    const { kind, path } = installation;
    return [
      ...(others.length === 0 ? [] : [`${dataDir} has files of other programs: ${others.join(', ')}.`]),
      ...(autostart.byHand === null ? [] : [autostart.byHand]),
      removalStep(kind, path),
    ];
  }
}

/** `serve --install` turns it on, and other services may rely on it since. */
const stillLingers =
  'Your user runs services without a login (lingering). If no other program needs that: loginctl disable-linger';

const stopFirst =
  'NCP Scheduler is running. Quit the app, or stop `serve`, before you uninstall: it would install its entries again.';

const keptBecause =
  'Your tasks, history, logs, settings and secrets. Delete them with: ncp-scheduler uninstall --purge';

async function done(found: Found, action: () => unknown): Promise<UninstallStep> {
  try {
    await action();
    return { ...found, change: 'removed', detail: null };
  } catch (error) {
    return { ...found, change: 'failed', detail: messageOf(error) };
  }
}

async function presentEntries(sync: UninstallNeeds['sync']): Promise<UninstallStep[]> {
  const entries = await sync.entries();
  return entries
    .filter(({ state, kind }) => kind !== 'in-process' && (state === 'installed' || state === 'drifted'))
    .map((entry) => ({ what: 'os-entry', path: entryName(entry), change: 'would-remove', detail: null }));
}

async function removedEntries(sync: UninstallNeeds['sync']): Promise<UninstallStep[]> {
  const changes = await sync.removeAll();
  return changes.map((entry) => ({
    ...{ what: 'os-entry', path: entryName(entry) },
    ...(entry.change === 'failed'
      ? { change: 'failed', detail: entry.error?.message ?? null }
      : { change: 'removed', detail: null }),
  }));
}

/** A crontab is not removed: only the lines of a group. Other paths name the group themselves. */
const entryName = ({ path, timingId }: { readonly path: string; readonly timingId: string }): string =>
  path.includes(timingId) ? path : `${path}: ${timingId}`;

function stillRunning(): SchedulerError {
  return new SchedulerError(
    'control/primary-running',
    'NCP Scheduler is running and would install its entries again. Quit the app, or stop `serve`, then uninstall.',
  );
}
