import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  lstatSync,
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
import type { AgentPrograms, WrittenProgram } from '../../ports/agent-programs.ts';
import { refuseForeignOwner } from '../files/file-owner.ts';
import { readFile } from '../files/read-file.ts';
import { addCommand } from './add-command.ts';
import { programFile } from './programs.ts';
import type { Person, ProgramFile } from './programs.ts';
import { findServer, withServer, withoutServer } from './server-format.ts';

/** The largest file that is read. A program's settings are far smaller, but Claude Code keeps its state in the same file. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** What some editors of Windows write before the text. */
const BYTE_ORDER_MARK = '\uFEFF';

type FileChange = NonNullable<AgentProgram['change']>;
type FileFacts = Pick<AgentProgram, 'state' | 'problem' | 'change' | 'removal'>;

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
    return agentProgramNameSchema.options.map((program) => this.find(program));
  }

  connect(program: AgentProgramName, basis: string): WrittenProgram {
    const { path, change, problem } = this.find(program);
    if (change === null) throw refused(problem ?? `${path} starts this installation already.`, path);
    return this.#written(program, path, change, basis);
  }

  disconnect(program: AgentProgramName, basis?: string): WrittenProgram {
    const found = this.find(program);
    const { path, removal, problem, state } = found;
    if (state === 'absent' || state === 'other') return { program: found, backup: null };
    if (removal === null) throw refused(problem ?? `${path} cannot be changed.`, path);
    if (basis !== undefined) return this.#written(program, path, removal, basis);
    this.#write(path, removal, null);
    return { program: this.find(program), backup: null };
  }

  #written(program: AgentProgramName, path: string, change: FileChange, basis: string): WrittenProgram {
    if (change.basis !== basis) throw changedMeanwhile(path);
    const stamp = new Date(this.#now()).toISOString().replaceAll(/[:.]/g, '-');
    const backup = existsSync(path) ? `${realpathSync(path)}.${stamp}.backup` : null;
    this.#write(path, change, backup);
    return { backup, program: this.find(program) };
  }

  find(program: AgentProgramName): AgentProgram {
    const file = programFile(program, this.#person, this.#command);
    const { path, format, key, entry, more } = file;
    const found = existsSync(path) || existsSync(file.sign);
    const facts = { program, found, path, ...fileFacts(file) };
    if (program !== 'claude-code' && program !== 'codex')
      return { ...facts, kind: 'file', snippet: format.piece(key, { ...more, ...entry }) };
    return { ...facts, kind: 'command', snippet: addCommand(program, this.#command, this.#person.platform) };
  }

  /** Replaces the file as a whole, at the end of its links, with the rights that it had. @param backup its copy, if any */
  #write(path: string, { after, basis }: FileChange, backup: string | null): void {
    try {
      refuseForeignOwner(path);
      mkdirSync(dirname(path), { recursive: true });
      const isThere = existsSync(path);
      const file = isThere ? realpathSync(path) : path;
      if (backup !== null) copyFileSync(file, backup);
      if (after === null) remove(path, basis);
      else replace({ path, file, basis, text: after, mode: isThere ? statSync(file).mode & 0o777 : 0o600 });
    } catch (error) {
      if (error instanceof SchedulerError) throw error;
      throw refused(`${path} cannot be written: ${messageOf(error)}`, path);
    }
  }
}

function fileFacts(file: ProgramFile): FileFacts {
  const none = { change: null, removal: null };
  let before: string;
  try {
    before = textAt(file.path);
  } catch (error) {
    return { ...none, state: 'unreadable', problem: `The file cannot be read: ${messageOf(error)}` };
  }
  const mark = before.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const text = before.slice(mark.length);
  const { state, problem } = findServer(text, file);
  if (state === 'unreadable' || problem !== null) return { ...none, state, problem };
  const isOurs = state === 'connected' || state === 'off';
  const added = state === 'connected' ? null : withServer(text, file);
  const removed = isOurs ? withoutServer(text, file) : null;
  if (added === null && removed === null) return { ...none, state, problem: unusual };
  if (isReadOnly(file.path)) return { ...none, state, problem: 'The file is read-only, so it is not changed.' };
  const changeTo = (after: string | null) =>
    after === null ? null : { before, after: textAfter(file, mark, after), basis: basisOf(before) };
  return { state, problem, change: changeTo(added), removal: changeTo(removed) };
}

/** Returns what a file is to hold; null if it is to be deleted. A link stays, and so does its file. */
function textAfter({ path, format }: ProgramFile, mark: string, after: string): string | null {
  if (after !== '') return `${mark}${after}`;
  return isLink(path) ? `${mark}${format.empty}` : null;
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

const unusual = "This file's format cannot be edited safely. Edit it by hand.";

/** @throws Error that says why it cannot be read */
function textAt(path: string): string {
  if (!existsSync(path)) {
    if (isLink(path)) throw new Error('it is a link to a file that does not exist.');
    return '';
  }
  const bytes = readFile(path, LARGEST_BYTES);
  const text = bytes.toString('utf8');
  // Writing it back would lose the bytes that UTF-8 does not have.
  if (!Buffer.from(text).equals(bytes)) throw new Error('it is not UTF-8 text.');
  return text;
}

/** By its rights, not by those of this process: root may write any file, and a person protected this one. */
const isReadOnly = (path: string): boolean => existsSync(path) && (statSync(path).mode & 0o222) === 0;

const basisOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const refused = (message: string, path: string): SchedulerError =>
  new SchedulerError('agent/file-refused', message, { path });

function changedMeanwhile(path: string): SchedulerError {
  const message = `${path} has changed since you looked. Check the new preview, then write it.`;
  return new SchedulerError('agent/file-changed', message, { path });
}

/** @throws SchedulerError `agent/file-changed` if another program wrote the file meanwhile */
function remove(path: string, basis: string): void {
  if (isLink(path) || basisOf(textAt(path)) !== basis) throw changedMeanwhile(path);
  rmSync(path);
}

interface Replacement {
  readonly path: string;
  /** At the end of the links. */
  readonly file: string;
  readonly text: string;
  readonly mode: number;
  readonly basis: string;
}

/** @throws SchedulerError `agent/file-changed` if another program wrote the file meanwhile */
function replace({ path, file, text, mode, basis }: Replacement): void {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text, { mode, flag: 'wx' });
    if (basisOf(textAt(path)) !== basis) throw changedMeanwhile(path);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
