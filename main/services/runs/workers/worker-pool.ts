import { isMcpTool } from '../../../contract/built-in/built-ins.ts';
import type { ProcessHost, WorkerProcess } from '../../../ports/process-host.ts';

/** A worker only passes on messages and bytes. One that needs more is faulty, and only its run fails. */
const MAX_HEAP_MB = 512;

interface Idle {
  readonly worker: WorkerProcess;
  /** True once it has loaded the MCP client, or is loading it. It can run any tool. */
  mcp: boolean;
}

/**
 * Keeps started, idle workers. A worker taken from here runs one execution and exits: the pool saves only the time to
 * start a process and, for MCP tools, to load the client. An idle worker costs about 45 MB of resident memory, most of
 * it shared with other workers.
 */
export class WorkerPool {
  readonly #host: ProcessHost;
  #idle: Idle[] = [];
  #started = 0;

  constructor(host: ProcessHost) {
    this.#host = host;
  }

  get idle(): number {
    return this.#idle.length;
  }

  /** Starts or ends idle workers until there is one for each of these tools. */
  warm(tools: readonly string[]): void {
    const missing = [...tools];
    const spare = this.#idle.filter(({ mcp }) => {
      const index = missing.findIndex((tool) => isMcpTool(tool) === mcp);
      if (index !== -1) missing.splice(index, 1);
      return index === -1;
    });
    for (const tool of missing) prepare(spare.shift() ?? this.#add(), tool);
    this.#idle = this.#idle.filter((idle) => !spare.includes(idle));
    for (const { worker } of spare) worker.kill();
  }

  /** Takes an idle worker, preferably the oldest that is prepared for this kind of tool. Null if there is none. */
  take(tool: string): WorkerProcess | null {
    const taken = this.#idle.find(({ mcp }) => mcp === isMcpTool(tool)) ?? this.#idle[0];
    this.#idle = this.#idle.filter((idle) => idle !== taken);
    return taken?.worker ?? null;
  }

  /** Starts a new worker with this name: the id of its execution, or `shared`. */
  start(name: string): WorkerProcess {
    return this.#host.start({ name, maxHeapMb: MAX_HEAP_MB });
  }

  #add(): Idle {
    this.#started += 1;
    const idle = { worker: this.#host.start({ name: `warm-${this.#started}`, maxHeapMb: MAX_HEAP_MB }), mcp: false };
    this.#idle.push(idle);
    idle.worker.onExit(() => (this.#idle = this.#idle.filter((other) => other !== idle)));
    return idle;
  }
}

function prepare(idle: Idle, tool: string): void {
  if (idle.mcp || !isMcpTool(tool)) return;
  idle.mcp = true;
  idle.worker.send({ type: 'prepare', tool });
}
