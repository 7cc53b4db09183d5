// The protocol between a raw measurement and the benchmark: prints `ready`, works once for each line that it reads,
// prints the result, and exits on `exit`. It waits for each line, so that the benchmark can read the CPU time of the
// process tree before and after the work.
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
