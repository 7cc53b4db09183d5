import { rmSync, writeFileSync } from 'node:fs';
import { waitedChildrenCpuMs } from '../adapters/process/linux-proc.ts';
import { serverNameOf } from '../contract/built-in/built-ins.ts';
import { processTree } from '../adapters/process/process-tree.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import { masked, maskedTexts } from '../domain/secrets/masking.ts';
import { resultFileBytes } from './result-file-bytes.ts';
import { LogWriter } from './log-writer.ts';
import { runTool } from './run-tool.ts';
import { failure } from './runners/runner.ts';
import type { SessionEvent } from '../contract/session-event.ts';
import type { ExecutionSpec, FromWorker, ToWorker, WorkerDone } from '../contract/worker.ts';
import type { AnswerCollector } from './probe/answer-collector.ts';
import type { DoubtOutcome } from './doubt-check.ts';
import type { SharedRun } from './shared-runs.ts';
import type { ServerLink } from './runners/runner.ts';
import type { MarkedTree } from './runners/task-process.ts';

type TokenAnswer = Extract<ToWorker, { type: 'token' }>;

/** One execution in this worker: its log, its tool and its single report. */
export class WorkerExecution {
  readonly #spec: ExecutionSpec;
  readonly #send: (message: FromWorker) => void;
  readonly #shared: SharedRun | null;
  readonly #stop = new AbortController();
  #masked: readonly string[];
  #log: LogWriter | null = null;
  /** Null until the tool starts. */
  #processes: MarkedTree | null = null;
  #reported = false;
  /** Waits for another access token; null if nothing does. */
  #waiting: { readonly promise: Promise<string>; readonly receive: (answer: TokenAnswer) => void } | null = null;

  #heard: (event: SessionEvent) => void = () => undefined;
  readonly #server: ServerLink = {
    send: (event) => this.#send({ type: 'session', executionId: this.#spec.executionId, event }),
    listen: (listener) => (this.#heard = listener),
  };

  /** @param shared set in a worker that serves other executions too. */
  constructor(spec: ExecutionSpec, send: (message: FromWorker) => void, shared: SharedRun | null = null) {
    this.#spec = spec;
    this.#shared = shared;
    this.#masked = spec.masked ?? [];
    this.#send = send;
  }

  get executionId(): string {
    return this.#spec.executionId;
  }

  /** Runs to the end and reports the outcome. Never rejects. */
  async run(): Promise<void> {
    const { executionId } = this.#spec;
    const log = this.#openLog();
    if (!log) return;
    this.#send({ type: 'started', executionId });
    const execution: MarkedTree = (this.#processes =
      this.#shared === null
        ? { executionId, tree: processTree(true), root: process.pid }
        : { executionId, tree: processTree(true), root: 0, shared: this.#shared });
    let outcome: DoubtOutcome;
    try {
      outcome = await this.#outcome(log, execution);
    } catch (error) {
      const code = error instanceof SchedulerError ? error.code : 'worker/fault';
      outcome = failure(code, messageOf(error));
    }
    this.#report(outcome);
  }

  async #outcome(log: LogWriter, execution: MarkedTree): Promise<DoubtOutcome> {
    const spec = this.#spec;
    const run = (given: ExecutionSpec, listener?: AnswerCollector): Promise<DoubtOutcome> =>
      runTool(given, {
        ...{ log, execution, signal: this.#stop.signal, listener },
        otherToken: () => this.#otherTokenFor(given.tool),
        server: this.#server,
        within: (start) => this.#withResultFile(start),
      });
    if (spec.probe === undefined) return run(spec);
    const { probedRun } = await import('./probe/probed-run.ts');
    return probedRun({ spec, probe: spec.probe, log, secrets: () => this.#masked, run });
  }

  /** Writes the result of the run before for as long as the task runs. */
  async #withResultFile<T>(run: () => Promise<T>): Promise<T> {
    const file = this.#spec.resultFile;
    if (file === undefined) return run();
    writeFileSync(file.path, file.content, { mode: 0o600 });
    try {
      return await run();
    } finally {
      rmSync(file.path, { force: true });
    }
  }

  /** The parent renews the token of the task's own server only: another server must not receive it. */
  #otherTokenFor(tool: string): Promise<string> {
    if (serverNameOf(tool) === serverNameOf(this.#spec.tool)) return this.#otherToken();
    const message = `The MCP server of the probe, "${serverNameOf(tool)}", rejected the access token. Sign in to it again.`;
    return Promise.reject(new SchedulerError('mcp/sign-in-needed', message));
  }

  /** Asks the parent for another access token: two requests at once get the same one. */
  #otherToken(): Promise<string> {
    if (this.#waiting !== null) return this.#waiting.promise;
    let receive: (answer: TokenAnswer) => void = () => undefined;
    const promise = new Promise<string>((resolve, reject) => {
      receive = ({ token, error }) => {
        this.#waiting = null;
        if (token !== null) return resolve(token);
        const { code, message } = error ?? { code: 'worker/fault', message: 'The parent sent no access token.' };
        reject(new SchedulerError(code as SchedulerError['code'], message));
      };
    });
    this.#waiting = { promise, receive };
    this.#send({ type: 'token', executionId: this.#spec.executionId });
    return promise;
  }

  /** Takes the parent's answer, which no text of this run may show. */
  receiveToken(answer: TokenAnswer): void {
    if (answer.token !== null) this.#mask(answer.token);
    this.#waiting?.receive(answer);
  }

  /** Receives what a kept server sends to this run. */
  receiveFromServer(event: SessionEvent): void {
    this.#heard(event);
  }

  #mask(token: string): void {
    this.mask(maskedTexts([token]));
  }

  /** Adds texts that the log, the result and the error must not show. */
  mask(texts: readonly string[]): void {
    this.#masked = [...this.#masked, ...texts];
    this.#log?.mask(this.#masked);
  }

  /** Asks the running tool to stop; `run` then reports. */
  cancel(reason: string): void {
    if (this.#stop.signal.aborted || this.#reported) return;
    this.#log?.sys(`Stopping: ${reason}`);
    this.#stop.abort();
  }

  /** Reports an error of the worker itself, with the log so far. */
  fail(message: string): void {
    this.#report(failure('worker/fault', message));
  }

  /** Writes one remark to the log, if there is one yet. */
  remark(text: string): void {
    this.#log?.sys(text);
  }

  /** True while a process that the execution started is alive. */
  get hasProcesses(): boolean {
    if (this.#processes === null) return false;
    const { tree, root, executionId } = this.#processes;
    return tree.descendants(root, executionId).length > 0;
  }

  /** Kills what the execution started and completes the log without a report. */
  abandon(reason: string): void {
    this.#reported = true;
    this.#processes?.tree.signal(this.#processes.root, this.executionId, 'SIGKILL');
    this.#log?.sys(reason);
    this.#log?.close();
  }

  #openLog(): LogWriter | null {
    const { executionId, logPath, outputLimitBytes } = this.#spec;
    try {
      this.#log = new LogWriter({
        path: logPath,
        limitBytes: outputLimitBytes,
        masked: this.#masked,
        now: Date.now,
        onGrown: (logBytes) => this.#send({ type: 'log', executionId, logBytes }),
        onLive: (line) => this.#send({ type: 'live', executionId, line }),
      });
      return this.#log;
    } catch (error) {
      const hint =
        'The task was not started, because its output could not be recorded. Check the disk and the data folder.';
      this.#report(
        failure('execution/log-not-writable', `The log ${logPath} could not be created: ${messageOf(error)}. ${hint}`),
      );
      return null;
    }
  }

  #cpuMs(): number | null {
    if (this.#shared !== null) return this.#shared.cpuMs();
    return process.platform === 'linux' ? waitedChildrenCpuMs() : null;
  }

  #report(outcome: DoubtOutcome): void {
    if (this.#reported) return;
    this.#reported = true;
    const cpuMs = this.#cpuMs();
    const done = (more: Pick<WorkerDone, 'error' | 'logBytes' | 'result' | 'doubt'>): WorkerDone => ({
      ...outcome,
      type: 'done',
      executionId: this.#spec.executionId,
      cpuMs,
      ...more,
      ...(this.#shared === null ? {} : { workerBytes: this.#shared.workerBytes() }),
    });
    if (outcome.error) this.#log?.sys(outcome.error.message);
    this.#log?.close();
    const problem = this.#log?.problem ?? null;
    const error = outcome.error ?? (problem === null ? null : { code: 'execution/log-incomplete', message: problem });
    const shown = { error, result: outcome.result, ...(outcome.doubt === undefined ? {} : { doubt: outcome.doubt }) };
    const kept = masked(shown, this.#masked);
    const logBytes = this.#log === null ? 0 : this.#log.size + resultFileBytes(this.#spec.logPath);
    this.#send(done({ ...kept, logBytes }));
  }
}
