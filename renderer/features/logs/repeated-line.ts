import type { LogLine } from '../../stores/log-lines.ts';

/**
 * Returns the lines without the last one if the worker wrote there, word for word, the error that the banner above the
 * log shows.
 */
export function withoutRepeat(lines: readonly LogLine[], error: string | undefined): readonly LogLine[] {
  const last = lines.at(-1);
  return error !== undefined && last?.stream === 'sys' && last.text === error ? lines.slice(0, -1) : lines;
}
