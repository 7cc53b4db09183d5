import { SchedulerError } from '../../domain/errors.ts';
import { readers } from './readers.ts';

/** Processor time for a text of a few kilobytes, in ms. Everything ordinary takes less than a hundredth of it. */
const longestMs = 2000;

/**
 * Lets the reader read the text. Returns null if it was read or refused with a reason; otherwise what went wrong. A reader that
 * writes to the console would send the control characters of a stranger to the person's terminal.
 */
export async function attempt(name: string, text: string): Promise<string | null> {
  const started = process.cpuUsage();
  const watched = watchConsole();
  try {
    await readers[name]?.(text);
  } catch (problem) {
    if (!(problem instanceof SchedulerError)) return problem instanceof Error ? (problem.stack ?? '') : String(problem);
    if (problem.message === '') return 'It was refused without a reason.';
  } finally {
    watched.restore();
  }
  if (watched.written.length > 0) return `It wrote to the console: ${JSON.stringify(watched.written[0])}`;
  const { user, system } = process.cpuUsage(started);
  const tookMs = (user + system) / 1000;
  return tookMs > longestMs ? `It took ${Math.round(tookMs)} ms of processor time.` : null;
}

/** Collects what libraries write to the console and as warnings of Node, in place of writing it. */
function watchConsole(): { readonly written: readonly string[]; restore(): void } {
  const written: string[] = [];
  const note = (...given: unknown[]): void => void written.push(given.map(String).join(' '));
  const { debug, error, info, log, warn } = console;
  const emitWarning = process.emitWarning.bind(process);
  Object.assign(console, { debug: note, error: note, info: note, log: note, warn: note });
  process.emitWarning = note;
  return {
    written,
    restore: () => {
      Object.assign(console, { debug, error, info, log, warn });
      process.emitWarning = emitWarning;
    },
  };
}
