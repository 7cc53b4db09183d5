import type { Channel } from '../../contract/alerts/channels.ts';
import type { Settings } from '../../contract/settings.ts';
import { referencedSecrets } from '../../domain/secrets/references.ts';
import type { Store } from '../../ports/store.ts';

interface Users {
  readonly settings: { read(): Settings };
  readonly store: Pick<Store, 'state' | 'read'>;
}

/** Returns the secrets of a removed channel that no channel, server or task uses. None while the schedule cannot be read. */
export function unusedSecrets(
  removed: Channel | undefined,
  stored: readonly string[],
  { settings, store }: Users,
): string[] {
  if (store.state().state !== 'ok') return [];
  const used = new Set(referencedSecrets([settings.read(), store.read().tasks]));
  return referencedSecrets(removed).filter((name) => stored.includes(name) && !used.has(name));
}
