import { existsSync } from 'node:fs';
import type { Autostart } from '../../ports/autostart-removal.ts';
import { AutostartFile } from './autostart-file.ts';

export interface AutostartPlace {
  readonly platform: NodeJS.Platform;
  /** `$XDG_CONFIG_HOME`. */
  readonly configHome: string | undefined;
  readonly homeDir: string;
  /** As in `AutostartOptions`. */
  readonly namespace: string;
}

/** Returns the file of start at login on Linux. Elsewhere the system keeps it in a list that only the app can change. */
export function openAutostart({ platform, ...place }: AutostartPlace): Autostart {
  const byHand = 'If the app starts at login, turn that off in its settings, or in the login items of the system.';
  if (platform !== 'linux') return { path: () => null, remove: () => undefined, byHand };
  const file = new AutostartFile({ ...place, command: [] });
  return {
    path: () => (existsSync(file.path) ? file.path : null),
    remove: () => void file.setEnabled(false),
    byHand: null,
  };
}
