import type { Span, Traces } from '../ports/traces.ts';

/** Traces that are off, as on most machines. */
export const noTraces: Traces = {
  isOn: () => false,
  problem: () => null,
  export: () => undefined,
  flush: () => Promise.resolve(),
};

/** Returns traces that are on, and the spans that were exported. */
export function memoryTraces(): Traces & { readonly spans: Span[] } {
  const spans: Span[] = [];
  return { ...noTraces, spans, isOn: () => true, export: (added) => void spans.push(...added) };
}
