// The protocol between a raw measurement and the benchmark: sends `ready`, works on `go`, sends the result, ends on
// `exit`. The pauses let the benchmark read the CPU time of the whole process tree before and after the work.
import { createInterface } from 'node:readline';

/** @param {(line: string) => Promise<Record<string, unknown>>} work Called for each line that is not `exit`. */
export const serveMeasurements = (work) => {
  createInterface({ input: process.stdin }).on('line', async (line) => {
    if (line === 'exit') process.exit(0);
    try {
      console.log(JSON.stringify({ result: await work(line) }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  });
  console.log(JSON.stringify({ ready: true }));
};
