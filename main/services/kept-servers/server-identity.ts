import { serverNameOf } from '../../contract/built-in/built-ins.ts';
import type { KeptProgram } from '../../contract/session-event.ts';
import type { ExecutionSpec } from '../../contract/worker.ts';

/** What a run wants of a kept server. */
export interface WantedServer {
  /** The name in the configuration. */
  readonly name: string;
  /** Runs with the same key share a server. Holds secrets: it is only compared. */
  readonly key: string;
  /** Runs with the same place and different keys: the configuration or the environment has changed. */
  readonly place: string;
  /** How long it lives after its last run, in ms. */
  readonly forMs: number;
  readonly program: Omit<KeptProgram, 'sessionId'>;
  readonly nice: number;
}

/** Variables that are about one run. A server that serves several has none of them. */
export const aboutOneRun =
  /^(?:NCP_(?:EXECUTION_ID|TASK_ID|TASK_NAME|ATTEMPT|SLOT|IDEMPOTENCY_KEY|AFTER_[A-Z_]+)|TRACEPARENT)$/;

/** Returns the server that a run shares with others; null if it uses a server of its own. */
export function wantedServer(spec: ExecutionSpec, nice: number): WantedServer | null {
  const { kept, mcpServer, tool } = spec;
  if (kept === undefined || mcpServer === null || typeof mcpServer['command'] !== 'string') return null;
  const { command, args = [], env = {}, cwd } = mcpServer as StdioServer;
  const inherited = Object.entries(spec.env).filter(([name]) => !aboutOneRun.test(name));
  const program = {
    command,
    args,
    cwd: cwd ?? spec.workingDirectory,
    env: { ...Object.fromEntries(inherited), ...env },
  };
  const name = serverNameOf(tool);
  const { cwd: folder } = program;
  const variables = Object.entries(program.env).sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    name,
    key: JSON.stringify([name, command, args, folder, variables, nice]),
    place: JSON.stringify([name, kept.place, spec.workingDirectory, nice]),
    forMs: kept.forMs,
    program,
    nice,
  };
}

interface StdioServer {
  readonly command: string;
  readonly args?: string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}
