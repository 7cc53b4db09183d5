import { digestSchema, type Digest } from '../../../../main/contract/alerts/rules.ts';
import { text } from '../../../text/en.ts';

const words = text.alerts.digest;

/** A digest as a form shows it. */
export interface DigestValues {
  readonly every: keyof typeof words.choices;
  readonly at: string;
  readonly weekday: keyof typeof words.weekdays;
  readonly channels: readonly string[];
}

export type DigestErrors = Readonly<Partial<Record<'at' | 'channels', string>>>;

export const digestValues = (digest: Digest | undefined): DigestValues => ({
  every: digest?.every ?? 'never',
  at: digest?.at ?? '08:00',
  weekday: String(digest?.weekday ?? 1) as DigestValues['weekday'],
  channels: digest?.channels ?? [],
});

/** Reads a digest from the form; null for none. */
export function readDigest({
  every,
  at,
  weekday,
  channels,
}: DigestValues): { readonly digest: Digest | null } | { readonly errors: DigestErrors } {
  if (every === 'never') return { digest: null };
  const read = digestSchema.safeParse({
    ...{ channels, every, at: at.trim() },
    ...(every === 'week' && { weekday: Number(weekday) }),
  });
  if (read.success) return { digest: read.data };
  const wrong = new Set(read.error.issues.map(({ path }) => path[0]));
  return {
    errors: {
      ...(wrong.has('at') && { at: words.atWrong }),
      ...(wrong.has('channels') && { channels: text.alerts.chooseChannels }),
    },
  };
}
