import { z } from 'zod';
import type { Marks } from '../../ports/ledger/marks.ts';

const markName = 'credentials';
const problemsSchema = z.record(z.string(), z.object({ sinceMs: z.number(), message: z.string() }));
export type CredentialProblems = z.infer<typeof problemsSchema>;

/** Returns which tasks cannot sign in, by their id, as the last look of any process found. */
export function credentialProblems(ledger: Pick<Marks, 'mark'>): CredentialProblems {
  const mark = ledger.mark(markName);
  if (mark === null) return {};
  try {
    return problemsSchema.safeParse(JSON.parse(mark)).data ?? {};
  } catch {
    // Another version's format: the next look finds the problems again.
    return {};
  }
}

/** Remembers them, so that every process shows them until they are gone. */
export function rememberCredentialProblems(ledger: Pick<Marks, 'setMark'>, problems: CredentialProblems): void {
  ledger.setMark(markName, JSON.stringify(problems));
}
