import { z } from 'zod';
import type { Marks } from '../../ports/ledger/marks.ts';

const problemsMark = 'credentials';
const looksMark = 'credentials.looks';
const problemsSchema = z.record(z.string(), z.object({ sinceMs: z.number(), message: z.string() }));
const looksSchema = z.record(z.string(), z.object({ atMs: z.number(), slotMs: z.number().nullable() }));
export type CredentialProblems = z.infer<typeof problemsSchema>;
/** When each task was last looked at, and before which slot; no slot for one that only had a problem. */
export type CredentialLooks = z.infer<typeof looksSchema>;

/** Returns which tasks cannot sign in, by their id, as the last look of any process found. */
export function credentialProblems(ledger: Pick<Marks, 'mark'>): CredentialProblems {
  return remembered(ledger, problemsMark, problemsSchema);
}

/** Returns the last look of any process at each task. */
export function credentialLooks(ledger: Pick<Marks, 'mark'>): CredentialLooks {
  return remembered(ledger, looksMark, looksSchema);
}

/** Remembers both, so that every process shows the problems until they are gone, and no two of them look at the same slot. */
export function rememberLooks(
  ledger: Pick<Marks, 'setMark'>,
  problems: CredentialProblems,
  looks: CredentialLooks,
): void {
  ledger.setMark(problemsMark, JSON.stringify(problems));
  ledger.setMark(looksMark, JSON.stringify(looks));
}

function remembered<T>(
  ledger: Pick<Marks, 'mark'>,
  name: string,
  schema: z.ZodType<Record<string, T>>,
): Record<string, T> {
  const mark = ledger.mark(name);
  if (mark === null) return {};
  try {
    return schema.safeParse(JSON.parse(mark)).data ?? {};
  } catch {
    // Another version's format: the next look finds it again.
    return {};
  }
}
