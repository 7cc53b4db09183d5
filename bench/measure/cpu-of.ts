import { spawn } from 'node:child_process';

/** Prints the CPU time of the commands alone, in seconds with three decimals; what they print is dropped. */
const script = `
  times=$1; shift; TIMEFORMAT='%3U %3S'
  time for ((i = 0; i < times; i++)); do "$@" >/dev/null 2>&1 || { echo "exit code $?"; break; }; done`;

/**
 * Returns the CPU time (user and system) of a command with everything that it started and waited for, in ms: the mean of
 * `times` runs, one after the other. To the microsecond, unlike the ticks of /proc.
 */
export async function cpuOf(command: readonly string[], times = 1): Promise<number> {
  const shell = spawn('bash', ['-c', script, 'bash', String(times), ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, time] = ['', ''];
  shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  shell.stderr.on('data', (chunk: Buffer) => (time += chunk.toString()));
  await new Promise((resolve) => shell.once('close', resolve));
  const [user = NaN, system = NaN] = time.trim().split(' ').map(Number);
  if (output !== '' || Number.isNaN(user + system)) throw new Error(`${command.join(' ')}: ${output}${time}`);
  return ((user + system) * 1000) / times;
}
