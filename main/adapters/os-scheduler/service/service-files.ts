import { rmSync } from 'node:fs';
import type { ServiceState } from '../../../contract/service.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { TranslateContext } from '../../../ports/os-scheduler.ts';
import { readIfThere } from '../files.ts';
import { replaceFile } from '../replace-file.ts';

/** What the service runs, and for whom. The command is the one of OS entries. */
export type ServiceContext = Pick<TranslateContext, 'command' | 'env' | 'homeDir' | 'namespace'>;

/** Part of every file of a service that this app writes; the namespace follows. */
export const serviceMark = 'NCP-Scheduler-Service';

export const noService: ServiceState = {
  ...{ state: 'absent', path: null, running: null, atBoot: null },
  ...{ command: [], notes: [] },
};

/** Returns whether this app wrote the text for the same data directory. */
export const isOurs = (text: string, namespace: string): boolean => text.includes(`${serviceMark}=${namespace};`);

/** @throws SchedulerError `os/foreign-entry` if a file is there that this app did not write for this data directory. */
export function assertOurFile(path: string, namespace: string): void {
  const present = readIfThere(path);
  if (present === null || isOurs(present, namespace)) return;
  throw foreignService(path);
}

export function foreignService(path: string): SchedulerError {
  const message = `${path} was not written by this installation of NCP Scheduler, so it was not changed. Rename or remove it, then try again.`;
  return new SchedulerError('os/foreign-entry', message, { path });
}

/** Writes the file of a service. @throws SchedulerError `os/foreign-entry` */
export function writeServiceFile(path: string, content: string, namespace: string): void {
  assertOurFile(path, namespace);
  replaceFile(path, content);
}

/** @throws SchedulerError `os/foreign-entry` */
export function deleteServiceFile(path: string, namespace: string): void {
  assertOurFile(path, namespace);
  rmSync(path, { force: true });
}

/** @throws SchedulerError `os/service-unavailable` */
export function unavailable(reason: string): SchedulerError {
  return new SchedulerError(
    'os/service-unavailable',
    `No service can be installed here: ${reason} Start "ncp-scheduler serve" by your container, supervisor or init system.`,
  );
}
