import type { AgentProgram, AgentProgramName } from '../contract/agent-programs.ts';

/** A program after its file was written. */
export interface WrittenProgram {
  readonly program: AgentProgram;
  /** The path of the copy of the earlier file; null if there was no file. */
  readonly backup: string | null;
}

/** The programs with agents of this person, and how each of them gets the MCP server of this app. */
export interface AgentPrograms {
  list(): AgentProgram[];
  find(program: AgentProgramName): AgentProgram;
  /**
   * Removes the server of this installation from the file of a program; does nothing if it is not there. A file that holds
   * nothing else is deleted, unless it is reached by a link: it is then emptied.
   * @param basis of the removal that the person saw; a copy of the file is then kept beside it. Without it, whatever the
   * file holds now is changed, and no copy is left behind.
   * @throws SchedulerError `agent/file-changed`, `agent/file-refused`
   */
  disconnect(program: AgentProgramName, basis?: string): WrittenProgram;
  /**
   * Writes the server into the file of a program, after a copy of the file beside it.
   * @param basis of the change that the person saw
   * @throws SchedulerError `agent/file-changed` if the file is not what the person saw, `agent/file-refused` if it
   * cannot be read or written
   */
  connect(program: AgentProgramName, basis: string): WrittenProgram;
}
