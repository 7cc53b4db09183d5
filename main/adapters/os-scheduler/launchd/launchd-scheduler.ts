import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SchedulerError } from '../../../domain/errors.ts';
import type {
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  OsSchedulerCapabilities,
  TranslateContext,
} from '../../../ports/os-scheduler.ts';
import { isCurrent } from '../dated-plan.ts';
import { applyEach, failedChange, removeEach } from '../entry-changes.ts';
import type { PlannedEntry } from '../entry-changes.ts';
import { namesIn, readIfThere } from '../files.ts';
import { replaceFile } from '../replace-file.ts';
import { assertNothingMissed, READ_BACK_COUNT } from '../verify-entry.ts';
import { readAgentFile } from './agent-file.ts';
import type { AgentFile } from './agent-file.ts';
import { launchdFires } from './evaluate.ts';
import type { Launchctl } from './launchctl.ts';
import { agentDirectory, agentLabel, agentPath, LABEL_PREFIX, translateToLaunchd } from './translate.ts';

/** Labels of the earlier product, ncp. */
const LEGACY_PREFIX = 'com.portel.ncp.job.';

/** Schedules with launchd agents in `~/Library/LaunchAgents`, loaded into the person's graphical session. */
export class LaunchdScheduler implements OsScheduler {
  readonly kind = 'launchd';
  readonly translate = translateToLaunchd;
  readonly #launchctl: Launchctl;
  readonly #ownLabel: string | null;

  /**
   * @param ownLabel the agent that started this process, `XPC_SERVICE_NAME`; null if none did. It is unloaded after this
   *   process has ended: launchd would end it.
   */
  constructor(launchctl: Launchctl, ownLabel: string | null = null) {
    this.#launchctl = launchctl;
    this.#ownLabel = ownLabel;
  }

  async capabilities(): Promise<OsSchedulerCapabilities> {
    const problem = await this.#launchctl.unavailable();
    const notes =
      problem === null ? ['Agents run only while you are logged in.'] : [`launchd does not answer: ${problem}`];
    return { available: problem === null, notes, runsWhenLoggedOut: false, timezones: false };
  }

  async apply(groups: readonly OsGroup[], context: TranslateContext): Promise<EntryChange[]> {
    return applyEach(groups, context, this.translate, (entry) => this.#applyOne(entry, context));
  }

  async remove(timingIds: readonly string[], context: TranslateContext): Promise<EntryChange[]> {
    return removeEach(
      timingIds,
      (timingId) => agentPath(timingId, context),
      async (path, timingId) => {
        assertOurs(path, context);
        const label = agentLabel(timingId, context.namespace);
        if (label !== this.#ownLabel) await this.#launchctl.unload(label);
        rmSync(path, { force: true });
        if (label === this.#ownLabel) this.#launchctl.reloadAfter(process.pid, label, path);
      },
    );
  }

  async list(groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]> {
    const directory = agentDirectory(context.homeDir);
    const entries: OsEntry[] = [];
    for (const name of namesIn(directory).filter((file) => file.endsWith('.plist'))) {
      const path = join(directory, name);
      if (name.startsWith(LEGACY_PREFIX)) entries.push(legacyEntry(name, path));
      else if (name.startsWith(LABEL_PREFIX)) entries.push(...(await this.#describe(path, groups, context)));
    }
    return entries;
  }

  /** Keeps the file in its folder under another name: launchd loads only names that end in `.plist`. */
  async removeLegacy(ids: readonly string[], context: TranslateContext): Promise<EntryChange[]> {
    return removeEach(
      ids,
      (timingId) => join(agentDirectory(context.homeDir), `${LEGACY_PREFIX}${timingId}.plist`),
      async (path, timingId) => {
        await this.#launchctl.unload(`${LEGACY_PREFIX}${timingId}`);
        if (readIfThere(path) !== null) renameSync(path, `${path}.replaced`);
      },
    );
  }

  async readBack(timingId: string, fromMs: number, count: number, context: TranslateContext): Promise<number[]> {
    const file = readAgentFile(readIfThere(agentPath(timingId, context)) ?? '');
    return launchdFires(file?.StartCalendarInterval ?? [], context.machineTimezone, fromMs, { count });
  }

  async #applyOne({ group, translation }: PlannedEntry, context: TranslateContext): Promise<EntryChange> {
    const { timingId } = group;
    const path = agentPath(timingId, context);
    const label = agentLabel(timingId, context.namespace);
    try {
      const present = assertOurs(path, context);
      const content = translation.artifacts[0]?.content ?? '';
      const loaded = await this.#launchctl.isLoaded(label);
      if (present === content && loaded) return { timingId, change: 'unchanged', path };
      await this.#reload({ label, path, loaded, content: present === content ? null : content });
      const fires = await this.readBack(timingId, context.fromMs, READ_BACK_COUNT, context);
      assertNothingMissed(group.schedule, fires, context.fromMs);
      return { timingId, change: present === null ? 'installed' : 'updated', path };
    } catch (error) {
      return failedChange(timingId, path, error);
    }
  }

  /** @param agent its file's new content, or null if that stays as it is */
  async #reload(agent: { label: string; path: string; loaded: boolean; content: string | null }): Promise<void> {
    const { label, path, loaded, content } = agent;
    const isOwn = loaded && label === this.#ownLabel;
    if (loaded && !isOwn) await this.#launchctl.unload(label);
    if (content !== null) replaceFile(path, content);
    if (isOwn) return this.#launchctl.reloadAfter(process.pid, label, path);
    await this.#launchctl.load(label, path);
    if (await this.#launchctl.isLoaded(label)) return;
    throw new SchedulerError(
      'os/launchd-refused',
      `launchd did not load the agent ${label}. Run "ncp-scheduler os sync" to try again.`,
      { label },
    );
  }

  async #describe(path: string, groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]> {
    const text = readIfThere(path);
    const marker = readAgentFile(text ?? '')?.NCPScheduler;
    const wantedHere = groups.find((group) => agentPath(group.timingId, context) === path);
    if (marker?.Namespace !== context.namespace) {
      if (marker !== undefined && wantedHere === undefined) return [];
      return [foreignEntry(path, wantedHere?.timingId, marker)];
    }
    const entry = { timingId: marker.Timing, kind: 'launchd', key: marker.Key, path } as const;
    const group = groups.find((candidate) => candidate.timingId === marker.Timing);
    const detail = await this.#difference(group, text, context);
    return [detail === null ? { ...entry, state: 'installed' } : { ...entry, state: 'drifted', detail }];
  }

  async #difference(
    group: OsGroup | undefined,
    text: string | null,
    context: TranslateContext,
  ): Promise<string | null> {
    if (group === undefined) return 'No group uses this entry.';
    const isAsWritten = (written: TranslateContext): boolean =>
      translateToLaunchd(group, written).artifacts[0]?.content === text;
    if (!isCurrent(group, context, isAsWritten)) {
      return 'The file differs from the expected one.';
    }
    const loaded = await this.#launchctl.isLoaded(agentLabel(group.timingId, context.namespace));
    return loaded ? null : 'The agent is not loaded: it was unloaded or disabled.';
  }
}

/** Returns the text of the file, or null if there is none. @throws SchedulerError `os/foreign-entry` */
function assertOurs(path: string, context: TranslateContext): string | null {
  const text = readIfThere(path);
  if (text === null || readAgentFile(text)?.NCPScheduler?.Namespace === context.namespace) return text;
  throw new SchedulerError(
    'os/foreign-entry',
    `${path} was not written by this installation of NCP Scheduler, so it was not changed. Rename or remove it, then run "ncp-scheduler os sync".`,
    { path },
  );
}

function legacyEntry(name: string, path: string): OsEntry {
  const timingId = name.slice(LEGACY_PREFIX.length, -'.plist'.length);
  const detail = 'An agent of the earlier ncp scheduler.';
  return { timingId, kind: 'launchd', state: 'legacy', key: null, path, detail };
}

function foreignEntry(path: string, wantedBy: string | undefined, marker: AgentFile['NCPScheduler']): OsEntry {
  return {
    timingId: wantedBy ?? path.slice(path.lastIndexOf(LABEL_PREFIX) + LABEL_PREFIX.length, -'.plist'.length),
    kind: 'launchd',
    state: 'foreign',
    key: marker?.Key ?? null,
    path,
    detail: 'An agent with a label of NCP Scheduler that this installation did not write.',
  };
}
