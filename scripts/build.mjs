// npm run build: everything in out/, whether it is stale or not.
import { build } from './setup/build.mjs';

try {
  build();
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
