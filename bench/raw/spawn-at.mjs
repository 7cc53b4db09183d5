// Measures how late N commands start that one process spawns at a given instant. Each command prints its start time.
import { spawn } from 'node:child_process';
import { serveMeasurements } from './protocol.mjs';

/** @param {string} command */
const output = (command) =>
  new Promise((resolve) => {
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('close', () => resolve(text));
  });

serveMeasurements(async (line) => {
  const { at, count, command } = JSON.parse(line);
  await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
  while (Date.now() < at) continue; // Node's timers may be up to a millisecond early
  const printed = await Promise.all(Array.from({ length: count }, () => output(command)));
  return { lateMs: printed.map((text) => Number(BigInt(text.trim()) / 1000n) / 1000 - at) };
});
