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

/** A program that lists the processes. Its output is empty if it could not be started or took too long. */
interface Listing {
  readonly pid: number | undefined;
  readonly output: Buffer;
}

interface ListPrograms {
  now(file: string, args: readonly string[]): Listing;
  /** @param started receives the pid as soon as the program runs */
  later(file: string, args: readonly string[], started: (pid: number) => void): Promise<Listing>;
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

/** @param columns in alphabetical order, in which `wmic` writes them */
const wmic = (...columns: readonly string[]): Source => ({
  file: 'wmic.exe',
  args: ['process', 'get', columns.join(',')],
  parse: (text) => parseWmic(text, columns),
});

/** In the order in which they are tried. All answer from the same source, and with the same precision. */
const sources: readonly Source[] = [
  { file: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', cimQuery], parse: parseCim },
  // Where a policy blocks PowerShell. Windows 11 24H2 and newer come without it.
  wmic('CreationDate', 'KernelModeTime', 'ParentProcessId', 'ProcessId', 'UserModeTime', 'WorkingSetSize'),
  // Wine 8, whose PowerShell does nothing, refuses a query for the other columns.
  wmic('ParentProcessId', 'ProcessId', 'WorkingSetSize'),
];

/**
 * Lists the processes of Windows with the first program that answers, and asks that program first from then on. Leaves out
 * these programs: as children of a worker, they would look like processes that its task has left running.
 */
export class WindowsProcessTable {
  readonly #programs: ListPrograms;
  /** Pids of the programs that are listing processes now. */
  readonly #listing = new Set<number>();
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
      const found = this.#read(source, await this.#later(source));
      if (found !== null) return found;
    }
    throw unreadable();
  }

  async #later({ file, args }: Source): Promise<Listing> {
    let started: number | undefined;
    try {
      return await this.#programs.later(file, args, (pid) => this.#listing.add((started = pid)));
    } finally {
      if (started !== undefined) this.#listing.delete(started);
    }
  }

  #read(source: Source, { pid, output }: Listing): WindowsProcess[] | null {
    const found = source.parse(decode(output));
    if (!found.some((entry) => entry.pid === process.pid)) return null;
    this.#sources = [source, ...sources.filter((other) => other !== source)];
    return withoutTrees(found, [...this.#listing, ...(pid === undefined ? [] : [pid])]);
  }
}

/**
 * Leaves out these processes and what they started: Windows gives each program of the console a `conhost.exe`. Pids are
 * reused, so a process that is older than its parent has another parent, which has ended, and stays.
 */
function withoutTrees(entries: readonly WindowsProcess[], roots: readonly number[]): WindowsProcess[] {
  const out = new Map<number, bigint>();
  for (const { pid, startedAt } of entries) if (roots.includes(pid)) out.set(pid, BigInt(startedAt));
  for (let before = -1; before !== out.size;) {
    before = out.size;
    for (const { pid, parent, startedAt } of entries) {
      const parentStart = out.get(parent);
      if (out.has(pid) || pid === process.pid || parentStart === undefined) continue;
      if (BigInt(startedAt) >= parentStart) out.set(pid, BigInt(startedAt));
    }
  }
  return entries.filter(({ pid }) => !out.has(pid));
}

function unreadable(): SchedulerError {
  return new SchedulerError(
    'worker/no-process-table',
    'The list of running processes could not be read: neither PowerShell (Get-CimInstance Win32_Process) nor wmic lists them. Allow one of the two programs.',
    { programs: ['powershell.exe', 'wmic.exe'] },
  );
}

const options = { windowsHide: true, maxBuffer: 16 * 1024 * 1024, timeout: 30_000 } as const;
const realPrograms: ListPrograms = {
  // Without a standard input, which `wmic` would read.
  now: (file, args) => {
    const { pid, stdout } = spawnSync(file, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
    return { pid, output: stdout ?? Buffer.alloc(0) };
  },
  later: (file, args, started) =>
    new Promise((resolve) => {
      const child = execFile(file, args, { ...options, encoding: 'buffer' }, (_error, output) =>
        resolve({ pid: child.pid, output }),
      );
      if (child.pid !== undefined) started(child.pid);
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

/**
 * Parses the table of `wmic`. Values are taken from the right: only the first column, the creation date, may be empty. The
 * header does not help, because Wine 8 does not align it with the values.
 */
function parseWmic(text: string, columns: readonly string[]): WindowsProcess[] {
  return text.split(/\r*\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/).toReversed();
    const values = new Map(columns.toReversed().map((column, index) => [column, words[index] ?? '']));
    const [pid = '', parent = ''] = [values.get('ProcessId'), values.get('ParentProcessId')];
    if (!/^\d+$/.test(pid) || !/^\d+$/.test(parent)) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        startedAt: fileTime(values.get('CreationDate') ?? ''),
        memoryBytes: Number(values.get('WorkingSetSize')),
        cpuMs: inMs(values.get('KernelModeTime')) + inMs(values.get('UserModeTime')),
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
