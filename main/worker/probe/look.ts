import { createHash } from 'node:crypto';
import { longestSeen, type Seen, type UnchangedResult } from '../../contract/probe.ts';
import type { ProbeSpec } from '../../contract/worker.ts';
import { changeBetween, type Change } from '../../domain/probe/change.ts';
import { comparedPart, withoutWhiteSpace, type ProbeAnswer } from '../../domain/probe/compared-part.ts';
import { masked } from '../../domain/secrets/masking.ts';

/** What a probe's answer means for the run. */
export type Look =
  | { readonly kind: 'problem'; readonly code: string; readonly message: string }
  /** The task does not run. `seen` is new for the first look only. */
  | { readonly kind: 'unchanged'; readonly result: UnchangedResult; readonly seen?: Seen }
  | { readonly kind: 'changed'; readonly change: Change; readonly seen: Seen; readonly isFirst: boolean };

/**
 * Compares the answer of a probe with the last one that counted.
 * @param answer null for one that is too long
 * @param secrets texts that must not be stored
 */
export function lookAt(answer: ProbeAnswer | null, probe: ProbeSpec, secrets: readonly string[]): Look {
  if (answer === null) {
    const message = 'The answer of the probe is longer than 4 MiB. Let it print less.';
    return { kind: 'problem', code: 'probe/too-long', message };
  }
  const part = comparedPart(masked(answer, secrets), probe);
  if ('problem' in part)
    return { kind: 'problem', code: 'probe/not-json', message: `The probe says nothing: ${part.problem}.` };
  const seen = seenOf(part.text);
  const { previous } = probe;
  const isSame = previous?.hash === seen.hash;
  if (previous === null && probe.first === 'record' && !probe.always)
    return { kind: 'unchanged', result: { probe: 'first' }, seen };
  if (isSame && !probe.always) return { kind: 'unchanged', result: { probe: 'unchanged' } };
  const change = changeBetween(previous?.text ?? '', isSame ? (previous?.text ?? '') : seen.text);
  return { kind: 'changed', change, seen, isFirst: previous === null };
}

function seenOf(text: string): Seen {
  const hash = createHash('sha256').update(withoutWhiteSpace(text)).digest('hex');
  return { hash, text: text.slice(0, longestSeen) };
}
