// Stands in for the command line of an agent: prints what a real one printed, and exits as it did.
// Its first argument is the path of the recording (main/domain/agent-run/fixtures).
import { readFileSync, writeFileSync } from 'node:fs';

const { stdout, stderr, exitCode } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const given = { args: process.argv.slice(3), input: readFileSync(0, 'utf8') };
writeFileSync('given.json', JSON.stringify(given));
process.stderr.write(stderr);
process.stdout.write(stdout.map((line) => `${line}\n`).join(''));
process.exitCode = exitCode;
