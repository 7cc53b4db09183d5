import type { CliCommandWithResult, CliResult } from '../contract/cli.ts';
import type { Application } from '../application/application.ts';
import type { CliEnvironment } from './environment.ts';
import type { Options, ReadContext, ValuesOf } from './option.ts';
import type { Output } from './output.ts';
import type { TextView } from './text/view.ts';

interface Example {
  /** Arguments as typed after `ncp-scheduler`. */
  readonly line: string;
  readonly does: string;
}

export interface CommandContext {
  /** Loads the application at the first call. */
  readonly application: () => Promise<Application>;
  readonly environment: CliEnvironment;
  /** Standard output, for commands that write while they run. */
  readonly stdout: Output;
  readonly json: boolean;
  /** Loads all commands, for completion scripts. */
  readonly commands: () => Promise<readonly Command[]>;
  /** Shows `message` on stderr once the wait exceeds a second. Returns the function that ends it. */
  progress(message: string): () => void;
}

/** What the parser, `--help`, shell completion, the manual page and docs/cli.md need to know about a command. */
export interface CommandFacts {
  /** One word, or two for a subcommand: `os list`. */
  readonly name: string;
  /** Other names that work the same. Set by the command table. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  /**
   * True if only a person may decide this: the command is refused inside the run of a task. A function decides by the
   * arguments, and returns what is refused, such as `serve --web`, or null.
   */
  readonly byPerson?:
    | boolean
    | ((raw: RawArguments, environment: Pick<CliEnvironment, 'agentSide'>) => string | null | Promise<string | null>);
  /** Further sentences for `--help`. */
  readonly description?: string;
  readonly positionals: Options;
  readonly options: Options;
  /**
   * The command only reads, so it neither creates nor changes a data directory; a function decides by the arguments.
   * @default false
   */
  readonly reads?: boolean | ((raw: RawArguments) => boolean);
  /** How long it may take to return once its runs have ended after a request to stop, in ms. @default 2000 */
  readonly stopGraceMs?: number;
  /** The output with `--json`, for help and the manual. */
  readonly answers: string;
  readonly examples: readonly Example[];
}

interface Outcome {
  /** Fields of the JSON document besides `ok: true`. */
  readonly result: object;
  readonly exitCode: number;
  text(view: TextView): string | Promise<string>;
}

export interface Command extends CommandFacts {
  /** Runs the command and returns one outcome. Absent for a command that only streams, such as `serve`. */
  readonly run?: (context: CommandContext, raw: RawArguments, read: ReadContext) => Promise<Outcome>;
  /** Writes output while it runs and returns the exit code. Used without `--json`, or when there is no `run`. */
  readonly stream?: (context: CommandContext, raw: RawArguments, read: ReadContext) => Promise<number>;
}

/** Returns what the error calls the command if only a person may use it with these arguments, otherwise null. */
export async function personOnlyName(
  { name, byPerson }: CommandFacts,
  raw: () => RawArguments,
  environment: Pick<CliEnvironment, 'agentSide'>,
): Promise<string | null> {
  if (typeof byPerson === 'function') return byPerson(raw(), environment);
  return byPerson === true ? name : null;
}

/** Values as typed, by option or positional name. A name that was not given is absent. */
export type RawArguments = ReadonlyMap<string, readonly string[]>;

interface Definition<C extends CliCommandWithResult, P extends Options, O extends Options> extends CommandFacts {
  readonly name: C;
  readonly positionals: P;
  readonly options: O;
  readonly run: (context: CommandContext, args: ValuesOf<P> & ValuesOf<O>) => Promise<CliResult<C>>;
  /** @default 0 */
  readonly exitCode?: (result: CliResult<C>) => number;
  readonly text: (result: CliResult<C>, view: TextView) => string | Promise<string>;
  readonly stream?: Streaming<P, O>;
}

type Streaming<P extends Options, O extends Options> = (
  context: CommandContext,
  args: ValuesOf<P> & ValuesOf<O>,
) => Promise<number>;

/** Defines a command. Its definition determines the types of its arguments and of its result. */
export function defineCommand<C extends CliCommandWithResult, P extends Options, O extends Options>(
  definition: Definition<C, P, O>,
): Command {
  const { run, stream, exitCode, text, ...facts } = definition;
  return {
    ...facts,
    run: async (context, raw, read) => {
      const result = await run(context, await readArguments(definition, raw, read));
      return { result, exitCode: exitCode?.(result) ?? 0, text: (view) => text(result, view) };
    },
    ...(stream === undefined ? {} : streaming(definition, stream)),
  };
}

/** Defines a command that returns no result, such as `serve` or `mcp`. */
export function defineService<P extends Options, O extends Options>(
  definition: CommandFacts & { readonly positionals: P; readonly options: O; readonly stream: Streaming<P, O> },
): Command {
  const { stream, ...facts } = definition;
  return { ...facts, ...streaming(definition, stream) };
}

function streaming<P extends Options, O extends Options>(
  definition: { readonly positionals: P; readonly options: O },
  stream: Streaming<P, O>,
): Required<Pick<Command, 'stream'>> {
  return { stream: async (context, raw, read) => stream(context, await readArguments(definition, raw, read)) };
}

async function readArguments<P extends Options, O extends Options>(
  definition: { readonly positionals: P; readonly options: O },
  raw: RawArguments,
  read: ReadContext,
): Promise<ValuesOf<P> & ValuesOf<O>> {
  return {
    ...(await readAll(definition.positionals, raw, read, (name) => name.toUpperCase())),
    ...(await readAll(definition.options, raw, read, (name) => `--${name}`)),
  };
}

async function readAll<O extends Options>(
  options: O,
  raw: RawArguments,
  context: ReadContext,
  shownName: (name: string) => string,
): Promise<ValuesOf<O>> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    values[name] = await option.read(raw.get(name) ?? [], shownName(name), context);
  }
  return values as ValuesOf<O>;
}
