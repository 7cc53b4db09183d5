/** Placeholders of help whose values depend on this machine; `_complete` lists them. */
export const completionLookups = ['TASK', 'GROUP', 'RUN', 'TOOL', 'TAG', 'ZONE'] as const;
export type CompletionLookup = (typeof completionLookups)[number];

/** Former placeholders, which completion scripts of earlier versions still ask for. */
export const formerLookups: Readonly<Record<string, CompletionLookup>> = { TIMING: 'GROUP', EXECUTION: 'RUN' };

/** Returns the lookup for a placeholder, or null for one whose values are not known. */
export function lookupOf(placeholder: string | null): CompletionLookup | null {
  return completionLookups.find((word) => word === placeholder) ?? null;
}
