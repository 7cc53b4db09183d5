import type { AlertSettings } from './rules.ts';

/**
 * Returns true if rules decide which notifications this desktop shows: a channel of kind `desktop` is on and a rule names it.
 * The settings `notifyOn…` then have no effect, because each event would be shown twice.
 */
export function rulesDecideNotifications({ channels, rules }: Pick<AlertSettings, 'channels' | 'rules'>): boolean {
  return Object.entries(channels).some(
    ([name, { kind, enabled }]) =>
      kind === 'desktop' && enabled !== false && rules.some((rule) => rule.channels.includes(name)),
  );
}
