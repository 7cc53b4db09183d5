/** Words of help whose values only this machine knows; `_complete` lists them. */
export const completionLookups = ['TASK', 'TIMING', 'EXECUTION', 'TOOL', 'TAG', 'ZONE'] as const;
export type CompletionLookup = (typeof completionLookups)[number];

export function lookupOf(placeholder: string | null): CompletionLookup | null {
  return completionLookups.find((word) => word === placeholder) ?? null;
}
