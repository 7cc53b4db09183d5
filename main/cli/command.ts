import type { CliCommandWithResult, CliResult } from '../contract/cli.ts';
import type { Application } from '../application/application.ts';
import type { CliEnvironment } from './environment.ts';
import type { Options, ReadContext, ValuesOf } from './option.ts';
import type { Output } from './output.ts';
import type { TextView } from './text/view.ts';

export interface Example {
  /** Arguments as typed after `ncp-scheduler`. */
  readonly line: string;
  readonly does: string;
}

export interface CommandContext {
  /** The product, loaded at the first call. */
  readonly application: () => Promise<Application>;
  readonly environment: CliEnvironment;
  /** Standard output, for commands that write while they run. */
  readonly stdout: Output;
  readonly json: boolean;
  /** The whole table, for what is derived from it. */
  readonly commands: () => Promise<readonly Command[]>;
  /** Says on stderr what is being waited for, once that takes over a second. Returns the function that ends it. */
  progress(message: string): () => void;
}

/** What the command line, `--help`, completion, the manual and docs/cli.md know about a command. */
export interface CommandFacts {
  /** One word, or two for a sub-command: `os list`. */
  readonly name: string;
  readonly summary: string;
  /** Further sentences for `--help`. */
  readonly description?: string;
  readonly positionals: Options;
  readonly options: Options;
  /** What it answers with `--json`, for the manual. */
  readonly answers: string;
  readonly examples: readonly Example[];
}

export interface Outcome {
  /** Fields beside `ok: true`. */
  readonly result: object;
  readonly exitCode: number;
  text(view: TextView): string | Promise<string>;
}

export interface Command extends CommandFacts {
  /** Does it and answers once. Absent for a command that only streams, such as `serve`. */
  readonly run?: (context: CommandContext, raw: RawArguments, read: ReadContext) => Promise<Outcome>;
  /** Writes while it runs, and answers the exit code. Used without `--json`, or where there is no `run`. */
  readonly stream?: (context: CommandContext, raw: RawArguments, read: ReadContext) => Promise<number>;
}

/** Texts by option or positional name; none where it was left out. */
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

/** A command of the table, with its arguments and its result typed by their definitions. */
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

/** A command without a result of its own: `serve`, `mcp`. */
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
