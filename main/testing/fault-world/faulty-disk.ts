import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { Faults } from './faults.ts';

const real = {
  writeSync: fs.writeSync,
  writeFileSync: fs.writeFileSync,
  fsyncSync: fs.fsyncSync,
  renameSync: fs.renameSync,
};
/** The faults of the world that is under test; null between two worlds. */
const current: { faults: Faults | null } = { faults: null };

const failure = (code: 'EIO' | 'ENOSPC', call: string) =>
  Object.assign(new Error(`${code}: injected, ${call}`), { code, syscall: call });

/** Performs the call, or fails as the faults say. @param part does a part of it, if that is possible */
function perform<T>(call: string, whole: () => T, part?: () => T): T {
  const way = current.faults?.strike('disk') ?? null;
  if (way === null) return whole();
  if (way === 'half' && part !== undefined) return part();
  if (way === 'after') whole();
  throw failure(way === 'after' ? 'EIO' : 'ENOSPC', call);
}

/** A write of a part is no error: the caller must write the rest. */
function writeSync(file: number, data: string | NodeJS.ArrayBufferView, ...rest: unknown[]): number {
  const all = [data, ...rest] as [string];
  const bytes =
    typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const isWhole = rest.length === 0 && bytes.length > 1;
  const part = () => real.writeSync(file, bytes, 0, Math.floor(bytes.length / 2));
  return perform('write', () => real.writeSync(file, ...all), isWhole ? part : undefined);
}

/** Only to an open file, as the product does where it matters: workers in memory write their logs by path. */
function writeFileSync(file: fs.PathOrFileDescriptor, data: string | Uint8Array, options?: fs.WriteFileOptions): void {
  const whole = () => real.writeFileSync(file, data, options);
  if (typeof file !== 'number') return whole();
  perform('write', whole, () => {
    real.writeFileSync(file, data.slice(0, Math.floor(data.length / 2)), options);
    throw failure('ENOSPC', 'write');
  });
}

// In place before any other module takes these functions: this file must be imported first.
Object.assign(fs, {
  writeSync,
  writeFileSync,
  fsyncSync: (file: number) =>
    perform(
      'fsync',
      () => real.fsyncSync(file),
      () => undefined,
    ),
  renameSync: (from: string, to: string) => perform('rename', () => real.renameSync(from, to)),
});
syncBuiltinESMExports();

/** Makes the disk of this process fail as `faults` say; null ends that. */
export function useFaultyDisk(faults: Faults | null): void {
  current.faults = faults;
}
