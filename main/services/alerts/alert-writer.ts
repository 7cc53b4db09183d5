import type { AlertEvent, RuleKind } from '../../contract/alerts/event.ts';
import type { AlertSettings } from '../../contract/alerts/rules.ts';
import { changeOf } from '../../contract/probe.ts';
import type { Execution } from '../../contract/execution.ts';
import type { Proposal } from '../../contract/proposal.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import { alertTargets, type AlertTarget } from '../../domain/alerts/matching-rules.ts';
import { dayMs, minuteMs } from '../../domain/durations.ts';
import type { ResolvedPolicies } from '../../domain/policy/resolved-policies.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AlertRecords, NewAlert, StoredAlert } from '../../ports/ledger/alerts.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { Store } from '../../ports/store.ts';
import { attentionTitle } from '../attention/attention-words.ts';
import type { AttentionNews } from '../attention/attention-watch.ts';
import { causeOf, isLastFailure, isUnattended } from '../notifications/failure-kind.ts';
import { driftText, heartbeatText, missedText, pausedText, proposalText, runText } from './alert-texts.ts';
import type { AlertText } from './alert-texts.ts';

/** How long an alert is tried. */
export const keptMs = 3 * dayMs;
/** A service that measures a run has no use for the start of one that ended long ago. */
const startKeptMs = 10 * minuteMs;

export interface AlertWriterNeeds {
  readonly store: Pick<Store, 'state' | 'read'>;
  readonly ledger: AlertRecords & RunStates & Pick<ExecutionRecords, 'running'>;
  readonly settings: { read(): Settings };
  readonly clock: Clock;
  readonly newId: () => string;
  /** Host name of this machine. */
  readonly machine: string;
  /** IANA zone of quiet hours. */
  readonly timezone: () => string;
  policies(task: Task): Pick<ResolvedPolicies, 'retries'>;
}

interface About {
  readonly kind: AlertEvent['kind'];
  readonly text: AlertText;
  readonly task: AlertEvent['task'];
  readonly run?: Execution | undefined;
  /** ISO instant of what happened. @default now */
  readonly at?: string;
}

/**
 * Decides which events become alerts, and adds them to the outbox, within the transaction of its caller. Each channel
 * receives each cause of a failure once, until the task recovers.
 */
export class AlertWriter {
  readonly #needs: AlertWriterNeeds;
  #hasAdded = false;

  constructor(needs: AlertWriterNeeds) {
    this.#needs = needs;
  }

  /** Returns the settings if any rule can send anything; null while the settings were never readable. */
  settings(): AlertSettings | null {
    try {
      const { alerts } = this.#needs.settings.read();
      const isUsed = alerts.rules.length > 0 || alerts.heartbeat !== undefined || alerts.digest !== undefined;
      return isUsed && Object.keys(alerts.channels).length > 0 ? alerts : null;
    } catch {
      // The doctor reports settings that cannot be read; outcomes are written all the same.
      return null;
    }
  }

  /** Returns whether any rule is about this kind of event. */
  hears(kind: RuleKind): boolean {
    const settings = this.settings();
    return settings !== null && isInRules(settings, kind);
  }

  /** True once this process has added an alert. */
  get hasAdded(): boolean {
    return this.#hasAdded;
  }

  started(run: Execution): void {
    if (isUnattended(run)) this.#add(() => this.#aboutRun('started', run, 0), this.#targets('started', run.taskId, 0));
  }

  ended(run: Execution): void {
    if (run.status === 'success') return this.#succeeded(run);
    if (run.status === 'skipped') return this.#recovered(run);
    const task = this.#task(run.taskId);
    if (task === null || !isUnattended(run)) return;
    if (isLastFailure(run, this.#needs.policies(task).retries)) this.#failed('failed', run, causeOf(run));
  }

  /** @param slots number of slots that were recorded as missed */
  missed(taskId: string, slots: number): void {
    const task = this.#task(taskId);
    if (task === null) return;
    const about = { kind: 'missed', text: missedText(task.name, slots), task: aboutTask(task) } as const;
    this.#add(() => about, this.#targets('missed', taskId, 0));
  }

  paused(taskId: string, note: string | undefined): void {
    const task = this.#task(taskId);
    if (task === null) return;
    const about = { kind: 'paused', text: pausedText(task.name, note), task: aboutTask(task) } as const;
    this.#add(() => about, this.#targets('paused', taskId, 0));
  }

  proposed({ client, title }: Pick<Proposal, 'client' | 'title'>): void {
    const about = { kind: 'proposal', text: proposalText(client, title), task: null } as const;
    this.#add(() => about, this.#targets('proposal', null, 0));
  }

  attention({ begun }: AttentionNews): void {
    for (const { task, attention } of begun) {
      const { kind, message } = attention;
      const text = { title: attentionTitle(task.name, kind), message };
      this.#add(() => ({ kind, text, task: aboutTask(task) }), this.#targets(kind, task.id, 0));
    }
  }

  /** @param group id of the group @param difference what differs, as a sentence */
  drifted(group: string, difference: string): void {
    const about = { kind: 'drift', text: driftText(group, difference), task: null } as const;
    this.#add(() => about, this.#targets('drift', null, 0));
  }

  /** Says that this scheduler is alive, unless an earlier heartbeat still waits: what counts is the next one. */
  heartbeat(channels: readonly string[], everyMs: number): void {
    const settings = this.settings();
    const waiting = new Set(
      this.#needs.ledger.alertStates().flatMap(({ name, waiting: count }) => (count > 0 ? [name] : [])),
    );
    const open = channels.filter((name) => {
      const channel = settings?.channels[name];
      return channel !== undefined && channel.enabled !== false && !waiting.has(name);
    });
    const nowMs = this.#needs.clock.now();
    const targets = open.map((channel) => ({ channel, everyTime: true, notBeforeMs: nowMs }));
    const running = this.#needs.ledger.running().length;
    this.#add(() => ({ kind: 'heartbeat', text: heartbeatText(running), task: null }), targets, everyMs);
  }

  /** @param dueMs when the digest is due: it is late if it is sent much later */
  digest(channels: readonly string[], dueMs: number, text: AlertText): void {
    const known = this.settings()?.channels ?? {};
    const open = channels.filter((name) => known[name] !== undefined && known[name].enabled !== false);
    const notBeforeMs = this.#needs.clock.now();
    const targets = open.map((channel) => ({ channel, everyTime: true, notBeforeMs }));
    this.#add(() => ({ kind: 'digest', text, task: null, at: new Date(dueMs).toISOString() }), targets);
  }

  #succeeded(run: Execution): void {
    if (run.trigger === 'test') return;
    if (isUnattended(run)) {
      this.#add(() => this.#aboutRun('succeeded', run, 0), this.#targets('succeeded', run.taskId, 0));
      if ((changeOf(run.result)?.diff ?? '') !== '')
        this.#add(() => this.#aboutRun('changed', run, 0), this.#targets('changed', run.taskId, 0));
      if (run.doubt !== undefined) return this.#failed('doubtful', run, `doubtful ${run.doubt.sign}`);
    }
    if (run.doubt === undefined) this.#recovered(run);
  }

  /** Also after a look without a change, if the failure was one of the probe. */
  #recovered(run: Execution): void {
    const { ledger } = this.#needs;
    const known = ledger.toldCauses(run.taskId);
    if (known.size === 0 || run.trigger === 'test') return;
    ledger.clearToldCauses(run.taskId);
    // A person who ran the task by hand saw the success.
    if (!isUnattended(run)) return;
    const targets = this.#targets('recovered', run.taskId, 0).filter(({ channel }) => known.has(channel));
    this.#add(() => this.#aboutRun('recovered', run, 0), targets);
  }

  #failed(kind: 'failed' | 'doubtful', run: Execution, cause: string): void {
    const { ledger } = this.#needs;
    // A run that was interrupted does not count towards them, and is a failure all the same.
    const inARow = Math.max(1, ledger.runState([run.taskId]).get(run.taskId)?.consecutiveFailures ?? 0);
    const known = ledger.toldCauses(run.taskId);
    const targets = this.#targets(kind, run.taskId, inARow).filter(
      ({ channel, everyTime }) => everyTime || known.get(channel) !== cause,
    );
    for (const { channel } of targets) ledger.setToldCause(run.taskId, channel, cause);
    this.#add(() => this.#aboutRun(kind, run, inARow), targets);
  }

  #targets(kind: RuleKind, taskId: string | null, failures: number): AlertTarget[] {
    const settings = this.settings();
    if (settings === null || !isInRules(settings, kind)) return [];
    const task = taskId === null ? null : this.#task(taskId);
    // Of a task that was deleted while it ran, rules for all tasks still tell the end.
    const about = task === null ? { id: taskId ?? '', group: null, tags: [] } : aboutTask(task);
    const now = { ms: this.#needs.clock.now(), zone: this.#needs.timezone() };
    return alertTargets(settings, { kind, task: taskId === null ? null : about, failures }, now);
  }

  /** @param about called if there are targets: most runs have none, and their texts would be made for nothing */
  #add(about: () => About, targets: readonly AlertTarget[], limitMs?: number): void {
    if (targets.length === 0) return;
    const { kind, text, task, run, at } = about();
    this.#hasAdded = true;
    const { ledger, clock, newId, machine } = this.#needs;
    const event: Omit<StoredAlert, 'id'> = {
      schema: 'ncp-scheduler.alert/1',
      kind,
      at: at ?? clock.nowIso(),
      ...text,
      machine,
      task,
      run: run === undefined ? null : runFacts(run),
    };
    const limit = limitMs ?? (kind === 'started' ? startKeptMs : keptMs);
    ledger.addAlerts(
      targets.map(({ channel, notBeforeMs }): NewAlert => ({
        channel,
        event: { ...event, id: newId() },
        notBefore: new Date(notBeforeMs).toISOString(),
        expiresAt: new Date(notBeforeMs + limit).toISOString(),
      })),
    );
  }

  #aboutRun(kind: Parameters<typeof runText>[0], run: Execution, inARow: number): About {
    const task = this.#task(run.taskId);
    const unknown = { id: run.taskId, name: run.taskName, group: run.timingId, tags: [] };
    return { kind, text: runText(kind, run, inARow), task: task === null ? unknown : aboutTask(task), run };
  }

  /** Returns null for a task that was deleted, and while the schedule cannot be read. */
  #task(taskId: string): Task | null {
    const { store } = this.#needs;
    return store.state().state === 'ok' ? (store.read().tasks[taskId] ?? null) : null;
  }
}

const isInRules = ({ rules }: AlertSettings, kind: RuleKind): boolean =>
  rules.some(({ events }) => events.includes(kind));

const aboutTask = ({ id, name, timingId, tags }: Task): NonNullable<AlertEvent['task']> => ({
  id,
  name,
  group: timingId ?? null,
  tags: tags ?? [],
});

function runFacts(run: Execution): NonNullable<AlertEvent['run']> {
  const { executionId: id, status, trigger, slot, attempt, startedAt, completedAt, duration, exitCode, error } = run;
  const doubt = run.doubt === undefined ? null : { code: 'doubt', message: run.doubt.message, ...lineOf(run.doubt) };
  const why = error ?? doubt;
  return { id, status, trigger, slot, attempt, startedAt, completedAt, durationMs: duration, exitCode, error: why };
}

const lineOf = ({ line }: { readonly line: string | null }) => (line === null ? {} : { line });
