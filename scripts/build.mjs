// npm run build: builds everything in out/, even if it is up to date.
import { build } from './setup/build.mjs';

try {
  build();
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
