import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { SchedulerError } from '../../../domain/errors.ts';
import type { Artifact, TranslateContext } from '../../../ports/os-scheduler.ts';
import { entryName } from '../entry-marker.ts';
import type { EntryMarker } from '../entry-marker.ts';
import { namesIn, readIfThere } from '../files.ts';
import { replaceFile } from '../replace-file.ts';
import { unitDirectory } from './translate.ts';
import { readMarker } from './unit-file.ts';

export interface InstalledUnit {
  /** Name without `.timer`. */
  readonly name: string;
  readonly path: string;
  readonly marker: EntryMarker | null;
}

export interface UnitPaths {
  readonly timer: string;
  readonly service: string;
  /** `name.timer`, for systemctl. */
  readonly unit: string;
}

export function unitPaths(timingId: string, context: TranslateContext): UnitPaths {
  const name = entryName(timingId, context.namespace);
  const directory = unitDirectory(context.homeDir);
  return {
    timer: join(directory, `${name}.timer`),
    service: join(directory, `${name}.service`),
    unit: `${name}.timer`,
  };
}

/** Returns every timer file whose name starts like this app's, also those of other programs. */
export function installedUnits(homeDir: string): InstalledUnit[] {
  const directory = unitDirectory(homeDir);
  return namesIn(directory)
    .filter((file) => file.startsWith('ncp-scheduler-') && file.endsWith('.timer'))
    .map((file) => {
      const path = join(directory, file);
      return { name: file.slice(0, -'.timer'.length), path, marker: readMarker(readIfThere(path) ?? '') };
    });
}

/**
 * Writes the files that differ. Returns whether any did.
 * @throws SchedulerError `os/foreign-entry` if this app did not write a file of that name.
 */
export function writeUnits(artifacts: readonly Artifact[], context: TranslateContext): boolean {
  const changed = artifacts.filter(({ path, content }) => {
    const present = readIfThere(path);
    if (present !== null) assertOurs(path, present, context.namespace);
    return present !== content;
  });
  // The environment may contain private values, so only the owner can read the file.
  for (const { path, content } of changed) replaceFile(path, content);
  return changed.length > 0;
}

export function deleteUnits(paths: UnitPaths, context: TranslateContext): void {
  for (const path of [paths.timer, paths.service]) {
    const present = readIfThere(path);
    if (present === null) continue;
    assertOurs(path, present, context.namespace);
    rmSync(path);
  }
}

/** @throws SchedulerError `os/foreign-entry` */
export function assertOurs(path: string, text: string, namespace: string): void {
  if (readMarker(text)?.namespace === namespace) return;
  throw new SchedulerError(
    'os/foreign-entry',
    `${path} was not written by this installation of NCP Scheduler, so it was not changed. Rename or remove it, then run "ncp-scheduler os sync".`,
    { path },
  );
}
