import type { Envelope } from '../../contract/errors.ts';
import { executionSchema, type Execution } from '../../contract/execution.ts';
import { ipcEvents, type IpcCall } from '../../contract/ipc.ts';
import type { Greeting } from '../../contract/line-protocol.ts';
import type { Machine, MachineFacts, MachineStatus } from '../../contract/machines.ts';
import { ScheduleFollower, type Followed } from '../../contract/schedule-follower.ts';
import { snapshotSchema } from '../../contract/snapshot.ts';
import type { Task } from '../../contract/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LinkState, MachineAccess, MachineLink } from '../../ports/machine-link.ts';
import { EndedRuns, factsOf, type MachineNews } from './known-machine.ts';

/** A machine that is connected but could not tell its tasks is asked again after so long, in ms. */
const askAgainMs = 5000;

export interface MachineConnectionListener {
  /** The state of the connection, or the facts, changed. */
  changed(): void;
  event(name: string, payload: unknown): void;
  ended(news: MachineNews): void;
}

/** The connection to one machine, and what is known about its tasks. */
export class MachineConnection {
  readonly name: string;
  readonly machine: Machine;
  readonly #listener: MachineConnectionListener;
  readonly #link: MachineLink;
  readonly #clock: Clock;
  readonly #ended = new EndedRuns();
  #state: LinkState = { state: 'connecting' };
  #facts: MachineFacts | null = null;
  readonly #schedule = new ScheduleFollower();
  #tasks: readonly Task[] = [];
  #cancelAsking = (): void => undefined;
  #isClosed = false;

  constructor(
    name: string,
    machine: Machine,
    { access, clock }: { readonly access: MachineAccess; readonly clock: Clock },
    listener: MachineConnectionListener,
  ) {
    this.#clock = clock;
    this.name = name;
    this.machine = machine;
    this.#listener = listener;
    this.#link = access.link(machine, {
      onState: (state) => this.#become(state),
      onEvent: (event, payload) => this.#receive(event, payload),
    });
  }

  get state(): LinkState {
    return this.#state;
  }

  status(): Pick<MachineStatus, 'link' | 'trouble' | 'facts'> {
    const state = this.#state;
    const facts = this.#facts;
    if (state.state !== 'unreachable') return { link: state.state, trouble: null, facts };
    const { since, retryAt, problem } = state;
    const { code, message, details } = problem;
    return { link: 'unreachable', trouble: { since, retryAt, error: { code, message, details } }, facts };
  }

  call(name: IpcCall, input: unknown): Promise<Envelope<unknown>> {
    // Checked by the caller against the schema of this call.
    return this.#link.call(name, input as never);
  }

  retry(): void {
    this.#link.retry();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelAsking();
    this.#link.close();
  }

  #become(state: LinkState): void {
    this.#cancelAsking();
    this.#state = state;
    this.#listener.changed();
    if (state.state !== 'connected') return;
    this.#schedule.reset();
    void this.#readAll(state.greeting);
  }

  async #readAll(greeting: Greeting): Promise<void> {
    this.#cancelAsking();
    const state = this.#state;
    const answer = await this.#link.call('app.snapshot', {});
    const snapshot = answer.ok ? snapshotSchema.safeParse(answer.value).data : undefined;
    if (snapshot === undefined) {
      // A lost connection is connected again, and its state says what is wrong until then.
      if (this.#state === state && !this.#isClosed) this.#askAgain(greeting);
      return;
    }
    const { executions, ...schedule } = snapshot;
    this.#learn(greeting, this.#schedule.start(schedule));
    this.#tell(this.#ended.takeSnapshot(executions));
  }

  #askAgain(greeting: Greeting): void {
    this.#cancelAsking();
    this.#cancelAsking = this.#clock.setTimer(() => void this.#readAll(greeting), askAgainMs);
  }

  #receive(event: string, payload: unknown): void {
    this.#listener.event(event, payload);
    if (this.#state.state !== 'connected') return;
    if (event === 'schedule.changed') {
      const change = ipcEvents['schedule.changed'].safeParse(payload).data;
      if (change !== undefined) this.#learn(this.#state.greeting, this.#schedule.take(change));
    }
    if (event === 'executions.changed') {
      const changed = ipcEvents['executions.changed'].safeParse(payload).data?.executions ?? [];
      this.#tell(this.#ended.take(changed.map((execution) => executionSchema.parse(execution))));
    }
  }

  #learn(greeting: Greeting, { schedule, mustAsk }: Followed): void {
    if (mustAsk) void this.#readAll(greeting);
    if (schedule === null) return;
    this.#facts = factsOf(greeting, schedule);
    this.#tasks = schedule.tasks;
    this.#listener.changed();
  }

  #tell(ended: readonly Execution[]): void {
    if (ended.length === 0) return;
    const task = (taskId: string): Task | undefined => this.#tasks.find(({ id }) => id === taskId);
    this.#listener.ended({ machine: this.name, ended, task });
  }
}
