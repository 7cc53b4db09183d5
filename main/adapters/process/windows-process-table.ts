import { execFile, spawnSync } from 'node:child_process';
import { SchedulerError } from '../../domain/errors.ts';

/** One process, from `Win32_Process`. */
export interface WindowsProcess {
  readonly pid: number;
  readonly parent: number;
  /** Creation time in 100 ns since 1601, as text; `unknownStart` where the system does not tell it. */
  readonly startedAt: string;
  readonly memoryBytes: number;
  readonly cpuMs: number;
}

/** The start of the system's own processes, and of all processes in Wine 8. */
export const unknownStart = '0';

/** Starts the programs that list the processes. Their output is empty if they cannot be started. */
export interface ListPrograms {
  now(file: string, args: readonly string[]): Buffer;
  later(file: string, args: readonly string[]): Promise<Buffer>;
}

interface Source {
  readonly file: string;
  readonly args: readonly string[];
  readonly parse: (text: string) => WindowsProcess[];
}

const cimQuery =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) ' +
  '$(if ($_.CreationDate) { $_.CreationDate.ToFileTimeUtc() } else { 0 }) $($_.WorkingSetSize) ' +
  '$([uint64]$_.KernelModeTime + [uint64]$_.UserModeTime)" }';

const wmic = (columns: string): Source => ({
  file: 'wmic.exe',
  args: ['process', 'get', columns],
  parse: parseWmic,
});

/** In the order in which they are tried. All answer from the same source, and with the same precision. */
const sources: readonly Source[] = [
  { file: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', cimQuery], parse: parseCim },
  // Where a policy blocks PowerShell. Windows 11 24H2 and newer come without it.
  wmic('CreationDate,KernelModeTime,ParentProcessId,ProcessId,UserModeTime,WorkingSetSize'),
  // Wine 8, whose PowerShell does nothing, refuses a query for the other columns.
  wmic('ParentProcessId,ProcessId,WorkingSetSize'),
];

/** Lists all processes of Windows with the first program that answers, and asks that program first from then on. */
export class WindowsProcessTable {
  readonly #programs: ListPrograms;
  #sources = sources;

  constructor(programs: ListPrograms = realPrograms) {
    this.#programs = programs;
  }

  /** @throws SchedulerError `worker/no-process-table` if no program lists this process: the answer is not the table. */
  look(): WindowsProcess[] {
    for (const source of this.#sources) {
      const found = this.#read(source, this.#programs.now(source.file, source.args));
      if (found !== null) return found;
    }
    throw unreadable();
  }

  /** @throws SchedulerError as `look` does */
  async lookLater(): Promise<WindowsProcess[]> {
    for (const source of this.#sources) {
      const found = this.#read(source, await this.#programs.later(source.file, source.args));
      if (found !== null) return found;
    }
    throw unreadable();
  }

  #read(source: Source, output: Buffer): WindowsProcess[] | null {
    const found = source.parse(decode(output));
    if (!found.some(({ pid }) => pid === process.pid)) return null;
    this.#sources = [source, ...sources.filter((other) => other !== source)];
    return found;
  }
}

function unreadable(): SchedulerError {
  return new SchedulerError(
    'worker/no-process-table',
    'The list of running processes could not be read: neither PowerShell (Get-CimInstance Win32_Process) nor wmic lists them. Allow one of the two programs.',
    { programs: ['powershell.exe', 'wmic.exe'] },
  );
}

const options = { windowsHide: true, maxBuffer: 16 * 1024 * 1024, timeout: 60_000 } as const;
const realPrograms: ListPrograms = {
  // Without a standard input, which `wmic` would read.
  now: (file, args) =>
    spawnSync(file, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] }).stdout ?? Buffer.alloc(0),
  later: (file, args) =>
    new Promise((resolve) => {
      const child = execFile(file, args, { ...options, encoding: 'buffer' }, (_error, stdout) => resolve(stdout));
      child.stdin?.on('error', () => undefined);
      child.stdin?.end();
    }),
};

/** `wmic` writes UTF-16 with a byte order mark or the console's code page; all that is read here is ASCII. */
function decode(output: Buffer): string {
  const isUtf16 = output[0] === 0xff && output[1] === 0xfe;
  return isUtf16 ? output.subarray(2).toString('utf16le') : output.toString('latin1');
}

/** Parses the output of `cimQuery`. */
function parseCim(text: string): WindowsProcess[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^(\d+) (\d+) (\d+) (\d+) (\d+)$/.exec(line.trim());
    if (!match) return [];
    const [, pid, parent, startedAt = unknownStart, memory, cpu] = match;
    return [{ pid: Number(pid), parent: Number(parent), startedAt, memoryBytes: Number(memory), cpuMs: inMs(cpu) }];
  });
}

/** Parses the table of `wmic`: a line of names, and below each name its values. */
function parseWmic(text: string): WindowsProcess[] {
  const [header = '', ...lines] = text.split(/\r*\n/).filter((line) => line.trim() !== '');
  const names = [...header.matchAll(/\S+\s*/g)];
  return lines.flatMap((line) => {
    const values = new Map(
      names.map(({ 0: name, index }) => [name.trim().toLowerCase(), line.slice(index, index + name.length).trim()]),
    );
    const number = (name: string) => Number(values.get(name) || Number.NaN);
    if (!Number.isInteger(number('processid')) || !Number.isInteger(number('parentprocessid'))) return [];
    return [
      {
        pid: number('processid'),
        parent: number('parentprocessid'),
        startedAt: fileTime(values.get('creationdate') ?? ''),
        memoryBytes: number('workingsetsize') || 0,
        cpuMs: inMs(values.get('kernelmodetime')) + inMs(values.get('usermodetime')),
      },
    ];
  });
}

/** Of a time in 100 ns. */
function inMs(text = '0'): number {
  return Math.round(Number(text) / 10_000);
}

/** Milliseconds from 1601, where Windows begins to count, to 1970. */
const from1601 = 11_644_473_600_000n;

/** Turns `20261123120000.123456+060` (local time, minutes from UTC) into 100 ns since 1601, as PowerShell gives it. */
function fileTime(cim: string): string {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})([+-]\d{3})$/.exec(cim);
  if (!match) return unknownStart;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, micros = 0, offset = 0] = match
    .slice(1)
    .map(Number);
  const utcMs = Date.UTC(year, month - 1, day, hour, minute - offset, second);
  return String((BigInt(utcMs) + from1601) * 10_000n + BigInt(micros) * 10n);
}
