import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a real command line of an agent printed, with the model replaced by scripts/agents/model-stand-in.mjs. */
export interface AgentRecording {
  readonly agent: string;
  /** The version that was recorded. */
  readonly version: string;
  readonly exitCode: number;
  readonly stdout: readonly string[];
  readonly stderr: string;
}

const folder = join(import.meta.dirname, '../domain/agent-run/fixtures');

export const recordingPath = (name: string): string => join(folder, `${name}.json`);

export function agentRecording(name: string): AgentRecording {
  return JSON.parse(readFileSync(recordingPath(name), 'utf8')) as AgentRecording;
}
