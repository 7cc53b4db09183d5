import { SchedulerError } from '../../domain/errors.ts';
import { readers } from './readers.ts';

/** Processor time for a text of a few kilobytes, in ms. Everything ordinary takes less than a hundredth of it. */
const longestMs = 2000;

/** Lets the reader read the text. Returns null if it was read or refused with a reason; otherwise what went wrong. */
export async function attempt(name: string, text: string): Promise<string | null> {
  const started = process.cpuUsage();
  try {
    await readers[name]?.(text);
  } catch (problem) {
    if (!(problem instanceof SchedulerError)) return problem instanceof Error ? (problem.stack ?? '') : String(problem);
    if (problem.message === '') return 'It was refused without a reason.';
  }
  const { user, system } = process.cpuUsage(started);
  const tookMs = (user + system) / 1000;
  return tookMs > longestMs ? `It took ${Math.round(tookMs)} ms of processor time.` : null;
}
