import { setTimeout as delay } from 'node:timers/promises';
import { exitCodes } from '../contract/exit-codes.ts';
import { mostInput } from '../contract/remote-command.ts';
import { SchedulerError, messageOf } from '../domain/errors.ts';
import type { ClockStyle } from '../contract/time-style.ts';
import type { Application } from '../application/application.ts';
import { parseArguments, readGlobals, splitCommand } from './arguments.ts';
import type { GlobalArguments } from './arguments.ts';
import { closest } from '../domain/words/closest.ts';
import { personOnlyName, type Command, type CommandContext } from './command.ts';
import { commandGroups, loadAllCommands, loadCommand, typedNames } from './command-table.ts';
import type { CliEnvironment } from './environment.ts';
import { exitCodeOfError } from './exit-code.ts';
import type { ReadContext } from './option.ts';
import { Output } from './output.ts';
import { startProgress } from './progress.ts';
import { plainLines } from '../domain/escaped-text.ts';
import { stoppedError } from './stopped.ts';
import { jsonPieces } from './text/json-pieces.ts';
import { TextView } from './text/view.ts';
import { wholeInput } from './values/whole-input.ts';
import { wireError } from '../application/wire-error.ts';

/**
 * Runs one command line and returns its exit code (0 to 5, see docs/cli.md). All output is written when it resolves; it
 * never exits the process and never rejects. After `stop` it always resolves, even if the command does not return.
 */
export async function runCli(argv: readonly string[], environment: CliEnvironment): Promise<number> {
  const { json, on } = readGlobals(argv);
  const session = new Session(environment);
  try {
    // The other machine ends what it runs, and says when it has.
    if (on !== null) return await session.elsewhere(argv, on);
    return await Promise.race([session.run(argv), session.stopped()]);
  } catch (error) {
    return await session.report(error, json);
  } finally {
    await session.close();
  }
}

class Session {
  readonly #environment: CliEnvironment;
  readonly #stdout: Output;
  readonly #stderr: Output;
  #application: Promise<Application> | null = null;
  #graceMs = 2000;

  constructor(environment: CliEnvironment) {
    this.#environment = environment;
    this.#stdout = new Output(environment.stdout);
    this.#stderr = new Output(environment.stderr);
  }

  async run(argv: readonly string[]): Promise<number> {
    const early = readGlobals(argv);
    const { name, rest } = splitCommand(argv, (word) => commandGroups.includes(word) || word === 'help');
    if (name === null && early.version) return this.#answer({ version: this.#environment.version }, early.json);
    if (name === null && !early.help) {
      throw new SchedulerError(
        'usage/missing-command',
        'No command was given. `ncp-scheduler --help` lists the commands.',
      );
    }
    if (name === null || name === 'help') return this.#generalHelp(early);
    if (name.startsWith('help ')) return this.#helpOn(helpTopic(name, rest), early.json);
    if (early.help && commandGroups.includes(name)) return this.#helpOn(name, early.json);
    const command = await this.#load(name);
    this.#graceMs = command.stopGraceMs ?? this.#graceMs;
    const { raw, globals } = parseArguments(command, rest);
    if (globals.help) return this.#commandHelp(command, globals.json);
    if (globals.version) return this.#answer({ version: this.#environment.version }, globals.json);
    const reads = typeof command.reads === 'function' ? command.reads(raw) : command.reads === true;
    const context = this.#context(globals, reads);
    await this.#assertByPerson(context, await personOnlyName(command, () => raw, this.#environment));
    const { run, stream } = command;
    if (stream !== undefined && (run === undefined || !globals.json)) return stream(context, raw, this.#reading());
    if (run === undefined) throw new Error(`the command ${name} has neither run nor stream`);
    const outcome = await run(context, raw, this.#reading());
    if (globals.json) await this.#document({ ok: true, ...outcome.result });
    else await this.#shown(outcome, new TextView(this.#environment, await this.#clock()));
    return outcome.exitCode;
  }

  async #shown(outcome: { text(view: TextView): string | Promise<string> }, view: TextView): Promise<void> {
    await this.#lines(await outcome.text(view));
    for (const remark of view.remarks) await this.#stderr.write(`${remark}\n`);
  }

  /** Runs the command on another machine. What only a person may decide is refused inside the run of a task here too. */
  async elsewhere(argv: readonly string[], on: string): Promise<number> {
    const [{ commandElsewhere, elsewhere }, { machineNamed }] = await Promise.all([
      import('./elsewhere.ts'),
      import('./values/machine.ts'),
    ]);
    const environment = this.#environment;
    const line = commandElsewhere(argv);
    const command = line.name === null ? null : await loadCommand(line.name);
    // The data directory of the command line is one of the other machine.
    const context = this.#context({ ...readGlobals([]) }, true);
    if (command !== null) await this.#assertByPerson(context, await this.#personOnlyThere(command, line.rest, context));
    const machine = machineNamed('--on', on, (await context.application()).settings.read().machines);
    const ssh = await environment.machines();
    return ssh.run({
      ...(await elsewhere(line, machine, environment)),
      ...{ version: environment.version, stop: environment.stop },
      writeOut: (bytes) => this.#stdout.write(bytes),
      writeError: (bytes) => this.#stderr.write(bytes),
    });
  }

  /**
   * After a request to stop, ends what the command has started. Rejects if the command does not return then.
   * @throws SchedulerError `execution/stopped`
   */
  async stopped(): Promise<never> {
    const { stop, stopGraceMs } = this.#environment;
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    await this.#stopApplication();
    await delay(stopGraceMs ?? this.#graceMs);
    // Also what the command has started since, for example because it was still loading.
    await this.#stopApplication();
    throw stoppedError();
  }

  async #stopApplication(): Promise<void> {
    // An application that could not be created runs nothing.
    const application = await this.#application?.catch(() => null);
    await application?.stop();
  }

  /** Reports an error, on standard output with `--json` and on standard error without, and returns its exit code. */
  async report(error: unknown, json: boolean): Promise<number> {
    const wire = wireError(error);
    const { NCP_SCHEDULER_DEBUG: debug } = this.#environment.env;
    if (wire.code === 'internal/unexpected' && debug !== undefined && error instanceof Error) {
      await this.#stderr.write(`${error.stack ?? ''}\n`);
    }
    try {
      if (json && !this.#stdout.closed) await this.#document({ ok: false, error: wire });
      else await this.#stderr.write(`error: ${plainLines(wire.message)}\n`);
    } catch (unwritable) {
      await this.#stderr.write(`error: ${messageOf(unwritable)}\n`);
    }
    return exitCodeOfError(wire.code);
  }

  async close(): Promise<void> {
    // An application that could not be created was reported already and has nothing to close.
    const application = await this.#application?.catch(() => null);
    await application?.close();
  }

  #context({ dataDir, json }: GlobalArguments, reads: boolean): CommandContext {
    const environment = this.#environment;
    return {
      environment,
      stdout: this.#stdout,
      json,
      commands: loadAllCommands,
      application: () => (this.#application ??= environment.application({ dataDir, reads })),
      progress: (message) => startProgress(environment.stderr, message),
    };
  }

  /**
   * As `personOnlyName`. Outside a run it does not matter, and the other machine may know options that this one does not.
   * @throws SchedulerError `usage/…` inside a run, for arguments that cannot be read here.
   */
  async #personOnlyThere(command: Command, rest: readonly string[], context: CommandContext): Promise<string | null> {
    const { environment } = context;
    try {
      return await personOnlyName(command, () => parseArguments(command, rest).raw, environment);
    } catch (problem) {
      const person = await (await context.application()).personOnly();
      if (person.runAround(environment.env['NCP_EXECUTION_ID']) !== null) throw problem;
      return null;
    }
  }

  async #assertByPerson(context: CommandContext, name: string | null): Promise<void> {
    if (name === null) return;
    const person = await (await context.application()).personOnly();
    person.assertOutsideRun(name, this.#environment.env['NCP_EXECUTION_ID']);
  }

  /** Returns the clock of the settings; that of the locale for a command that reads none. */
  async #clock(): Promise<ClockStyle> {
    const application = await this.#application;
    return (application ?? this.#environment).timeStyle().clock;
  }

  #reading(): ReadContext {
    const environment = this.#environment;
    const { stdin } = environment;
    return {
      nowMs: environment.now(),
      get timezone() {
        return environment.timezone;
      },
      readFile: (path) => environment.readFile(path),
      stdin: async () => (await wholeInput(stdin, mostInput, 'a command reads')).toString('utf8'),
    };
  }

  async #load(name: string): Promise<Command> {
    const command = await loadCommand(name);
    if (command !== null) return command;
    const members = typedNames.filter((candidate) => candidate.startsWith(`${name} `));
    const near = closest(name, typedNames);
    const hint = near === null ? '`ncp-scheduler --help` lists the commands.' : `Did you mean ${near}?`;
    const message =
      members.length > 0
        ? `"${name}" needs a subcommand: ${members.join(', ')}.`
        : `There is no command "${name}". ${hint}`;
    throw new SchedulerError('usage/unknown-command', message, { command: name, suggestion: near });
  }

  async #generalHelp(globals: GlobalArguments): Promise<number> {
    const { generalHelp } = await import('./help.ts');
    const help = generalHelp(await loadAllCommands(), this.#environment.columns ?? 100);
    return this.#answer({ help }, globals.json);
  }

  /** Shows the help of a command, or of a first word that several commands share. */
  async #helpOn(topic: string, json: boolean): Promise<number> {
    if (!commandGroups.includes(topic) || typedNames.includes(topic))
      return this.#commandHelp(await this.#load(topic), json);
    const { groupHelp } = await import('./help.ts');
    return this.#answer({ help: groupHelp(topic, await loadAllCommands(), this.#environment.columns ?? 100) }, json);
  }

  async #commandHelp(command: Command, json: boolean): Promise<number> {
    const { commandHelp } = await import('./help.ts');
    return this.#answer({ help: commandHelp(command, this.#environment.columns ?? 100) }, json);
  }

  async #answer(fields: Readonly<Record<string, string>>, json: boolean): Promise<number> {
    if (json) await this.#document({ ok: true, ...fields });
    else await this.#lines(Object.values(fields).join('\n'));
    return exitCodes.done;
  }

  async #document(document: object): Promise<void> {
    let written: Promise<void> | null = null;
    for (const piece of jsonPieces(document)) {
      // Awaited here, so that each piece is produced while the previous one is written.
      await written;
      if (this.#stdout.closed) return;
      written = this.#stdout.write(piece);
    }
    await written;
  }

  #lines(text: string): Promise<void> {
    return this.#stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`);
  }
}

/** Returns the name of the command that `help` asks about: two words for `help os list`. */
function helpTopic(name: string, rest: readonly string[]): string {
  const first = name.slice('help '.length);
  const second = rest.find((word) => !word.startsWith('-'));
  return commandGroups.includes(first) && second !== undefined ? `${first} ${second}` : first;
}
