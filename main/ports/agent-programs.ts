import type { AgentProgram, AgentProgramName } from '../contract/agent-programs.ts';

/** The programs with agents of this person, and how each of them gets the MCP server of this app. */
export interface AgentPrograms {
  list(): AgentProgram[];
  /**
   * Removes the server of this installation from the file of a program; does nothing if it is not there. A file that
   * holds nothing else is deleted.
   * @throws SchedulerError `agent/file-refused`
   */
  disconnect(program: AgentProgramName): void;
  /**
   * Writes the server into the file of a program, after a copy of the file beside it.
   * @param basis from the list that the person saw
   * @returns the program as it is now, and the path of the copy; null if there was no file
   * @throws SchedulerError `agent/file-changed` if the file is not what the person saw, `agent/file-refused` if it
   * cannot be read or written
   */
  connect(program: AgentProgramName, basis: string): { program: AgentProgram; backup: string | null };
}
