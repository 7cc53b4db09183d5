import { readdirSync } from 'node:fs';

/** A folder with one of these is a data directory, of this app or of ncp 1, whatever else is in it. */
const markers = ['schedule.json', 'ledger.db', 'jobs.json'];

/** Names that this app, its earlier versions and ncp 1 use in a data directory, with their copies and temporary files. */
const ownName =
  /^(?:(?:schedule|config|secrets|sign-ins|calendars|events|fleet|web-tokens|login-environment|tools|jobs)\.json|ledger\.(?:db|mark)|fleet-key\.pem|launcher\.(?:sh|log)|serve\.log|control\.sock|app(?:\.old)?\.log)(?:[.-].*)?$|^(?:logs|fired|executions|crontab-backups|agent-schedule-backups|crashes|browser|browser-headless)$/;

/** Names that file systems and file managers add to an empty folder. */
const addedBySystem = new Set(['lost+found', '.DS_Store', 'desktop.ini']);

/** Returns whether this app gives files and folders in a data directory such a name. */
export const isOwnName = (name: string): boolean => ownName.test(name);

/** What a folder holds: nothing but this app's files, this app's files and others, or only other files. */
export type FolderContent = 'ours' | 'mixed' | 'other';

/** @throws the system's error if the folder cannot be listed. */
export function contentOf(folder: string): FolderContent {
  const names = readdirSync(folder).filter((name) => !addedBySystem.has(name));
  if (names.every(isOwnName)) return 'ours';
  return names.some((name) => markers.includes(name)) ? 'mixed' : 'other';
}
