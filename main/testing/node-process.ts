import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import process from 'node:process';

/** A Node process that a test started, with its output. */
export interface NodeProcess {
  readonly child: ChildProcess;
  /** Lines of stdout so far. */
  readonly lines: readonly string[];
  /** Resolves when the process has exited and all its output has been read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
  /** Resolves when the process prints this line; rejects if it exits before. */
  readonly said: (line: string) => Promise<void>;
}

/** Starts `node SCRIPT ARGS…` with the Node of this process. */
export function startNode(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): NodeProcess {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const lines: string[] = [];
  const waiting = new Set<(line: string | null) => void>();
  let stderr = '';
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    for (const wait of [...waiting]) wait(line);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const read = new Promise((resolve) => reader.once('close', resolve));
  const ended = new Promise<{ code: number | null; signal: string | null; stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      void read.then(() => {
        for (const wait of [...waiting]) wait(null);
        resolve({ code, signal, stderr });
      });
    });
  });
  const said = (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      if (lines.includes(wanted)) {
        resolve();
        return;
      }
      const wait = (line: string | null) => {
        if (line !== null && line !== wanted) return;
        waiting.delete(wait);
        if (line === null) reject(new Error(`the process ended without saying "${wanted}": ${stderr}`));
        else resolve();
      };
      waiting.add(wait);
    });
  return { child, lines, ended, said };
}
