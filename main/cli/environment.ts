import type { Readable, Writable } from 'node:stream';
import type { AgentSide } from '../application/agent-side.ts';
import type { Application } from '../application/application.ts';
import type { Machine, MachineTest } from '../contract/machines.ts';
import type { RemoteCommand } from '../contract/remote-command.ts';
import type { WebSide } from '../application/web-side.ts';
import type { TimeStyle } from '../contract/time-style.ts';

/** The person's SSH. */
export interface MachineSide {
  /**
   * Runs a command line on another machine, and returns its exit code.
   * @throws SchedulerError `machine/…`
   */
  run(options: ElsewhereRun): Promise<number>;
  /** Asks the program on a machine who it is. @throws SchedulerError `machine/…` */
  test(machine: Machine): Promise<MachineTest>;
  /** Returns the names of hosts in ~/.ssh/config, patterns left out. */
  aliases(): string[];
}

export interface ElsewhereRun {
  readonly machine: Machine;
  readonly command: Omit<RemoteCommand, 'input'>;
  /** The command's standard input: all of it, or a stream for a conversation. */
  readonly input: Buffer | Readable;
  readonly version: string;
  readonly stop: AbortSignal;
  writeOut(bytes: Buffer): Promise<void>;
  writeError(bytes: Buffer): Promise<void>;
}

/** What `bridge` serves, and where. */
interface LineConversation {
  readonly application: Application;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stop: AbortSignal;
  /** Receives sentences for the log. */
  readonly log: (sentence: string) => void;
}

/** The process around the command line. Injected, so that tests control it and nothing here can exit the process. */
export interface CliEnvironment {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Width of that terminal in columns, if known. */
  readonly columns?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** As in `process.platform`. */
  readonly platform: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** IANA time zone of this machine. */
  readonly timezone: string;
  /** Returns how the locale of the environment writes times. */
  timeStyle(): TimeStyle;
  /** Aborted when the person or the system asks the process to end (SIGINT, SIGTERM, SIGHUP). */
  readonly stop: AbortSignal;
  /** How long a command may take to return once its runs have ended after `stop`, in ms. @default that of the command */
  readonly stopGraceMs?: number;
  /** Returns the text of a file that the person named. @throws an error that says why the path is not readable text. */
  readFile(path: string): Promise<string>;
  /** Loads our MCP server at first use. */
  agentSide(): Promise<AgentSide>;
  /** False: a question cannot be answered, although the output is shown on a terminal. @default `isTerminal` */
  readonly canAsk?: boolean;
  /** Reaches other machines over SSH. */
  machines(): Promise<MachineSide>;
  /** Loads the server of the window's calls on standard input and output. */
  lineSide(): Promise<(conversation: LineConversation) => Promise<void>>;
  /** Loads the window in a browser at first use. */
  webSide(): Promise<WebSide>;
  /** Called when a task needs attention without a notification yet, and no app is running. Absent: nothing can notify. */
  announceAttention?(): void;
  /** Called when a task told a change, and no app is running to show it. Absent: nothing can notify. */
  announceChange?(): void;
  /** Fills an empty data directory with the demo's tasks. */
  fillDemo(application: Application): Promise<void>;
  /**
   * Creates the application at first use. `dataDir` is `--data-dir`; null for `NCP_SCHEDULER_DIR` or the default. With
   * `reads`, the data directory is neither created nor changed.
   */
  application(options: { readonly dataDir: string | null; readonly reads: boolean }): Promise<Application>;
}
