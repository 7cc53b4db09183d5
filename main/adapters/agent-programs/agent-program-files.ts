import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { agentProgramNameSchema } from '../../contract/agent-programs.ts';
import type { AgentProgram, AgentProgramName } from '../../contract/agent-programs.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { AgentPrograms } from '../../ports/agent-programs.ts';
import { readFile } from '../files/read-file.ts';
import { placeOf } from './places.ts';
import type { Person, Place } from './places.ts';
import { SERVER_NAME, addCommand, findServer, serverEntry, withServer, withoutServer } from './server-text.ts';

/** The largest file that is read. A program's settings are far smaller. */
const LARGEST_BYTES = 4 * 1024 * 1024;

/** Reads and writes the MCP servers in the files of other programs. Writes only what a person has just seen. */
export class AgentProgramFiles implements AgentPrograms {
  readonly #person: Person;
  readonly #command: readonly string[];
  readonly #now: () => number;

  /** @param command starts the MCP server of this installation: an absolute path and its arguments */
  constructor(person: Person, command: readonly string[], now: () => number) {
    this.#person = person;
    this.#command = command;
    this.#now = now;
  }

  list(): AgentProgram[] {
    return agentProgramNameSchema.options.map((program) => this.#program(program));
  }

  connect(program: AgentProgramName, basis: string): { program: AgentProgram; backup: string | null } {
    const place = placeOf(program, this.#person);
    const { change, problem } = this.#program(program);
    if (place === null || change === null) {
      const reason = problem ?? 'This program is connected already, or has no file that could be written.';
      throw new SchedulerError('agent/file-refused', reason, { program });
    }
    if (change.basis !== basis) {
      const message = `${place.path} has changed since you looked. Check the new preview, then write it.`;
      throw new SchedulerError('agent/file-changed', message, { path: place.path });
    }
    return { backup: this.#write(place.path, change.after), program: this.#program(program) };
  }

  disconnect(program: AgentProgramName): void {
    const place = placeOf(program, this.#person);
    if (place === null || this.#program(program).state !== 'connected') return;
    try {
      const file = realpathSync(place.path);
      const text = withoutServer(readFile(file, LARGEST_BYTES).toString('utf8'), place.key);
      if (text === null) rmSync(place.path);
      else replace(file, text, statSync(file).mode & 0o777);
    } catch (error) {
      const message = `${place.path} cannot be written: ${messageOf(error)}`;
      throw new SchedulerError('agent/file-refused', message, { path: place.path });
    }
  }

  #program(program: AgentProgramName): AgentProgram {
    if (program === 'claude-code' || program === 'codex') {
      const snippet = addCommand(program, this.#command, this.#person.platform);
      return { program, snippet, kind: 'command', path: null, state: 'unknown', problem: null, change: null };
    }
    const place = placeOf(program, this.#person);
    const entry = serverEntry(program, this.#command);
    const snippet = JSON.stringify({ [place?.key ?? 'mcpServers']: { [SERVER_NAME]: entry } }, null, 2);
    if (place === null) {
      return { program, snippet, kind: 'file', path: null, state: 'unknown', problem: null, change: null };
    }
    return { program, snippet, kind: 'file', path: place.path, ...this.#fileState(place, program) };
  }

  #fileState({ path, key }: Place, program: AgentProgramName): Pick<AgentProgram, 'state' | 'problem' | 'change'> {
    let before: string;
    try {
      before = existsSync(path) ? readFile(path, LARGEST_BYTES).toString('utf8') : '';
    } catch (error) {
      return { state: 'unreadable', problem: `The file cannot be read: ${messageOf(error)}`, change: null };
    }
    const entry = serverEntry(program, this.#command);
    const { state, problem } = findServer(before, key, entry);
    if (state === 'connected' || state === 'unreadable') return { state, problem, change: null };
    const basis = createHash('sha256').update(before).digest('hex');
    return { state, problem, change: { before, after: withServer(before, key, entry), basis } };
  }

  /** Keeps a copy and replaces the file as a whole, at the end of its links, with the rights that it had. */
  #write(path: string, text: string): string | null {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const file = existsSync(path) ? realpathSync(path) : path;
      const mode = existsSync(file) ? statSync(file).mode & 0o777 : 0o600;
      const stamp = new Date(this.#now()).toISOString().replaceAll(/[:.]/g, '-');
      const backup = existsSync(file) ? `${file}.${stamp}.backup` : null;
      if (backup !== null) copyFileSync(file, backup);
      replace(file, text, mode);
      return backup;
    } catch (error) {
      const message = `${path} cannot be written: ${messageOf(error)}`;
      throw new SchedulerError('agent/file-refused', message, { path });
    }
  }
}

function replace(file: string, text: string, mode: number): void {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text, { mode, flag: 'wx' });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
