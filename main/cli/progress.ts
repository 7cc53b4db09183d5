import type { Writable } from 'node:stream';

const delayMs = 1000;
const eraseLine = '\r\u001b[K';

/** Shows `message` on a terminal once the wait exceeds a second. Returns the function that ends it. */
export function startProgress(stderr: Writable, message: string): () => void {
  if (!('isTTY' in stderr) || stderr.isTTY !== true) return () => undefined;
  const startedMs = performance.now();
  let shown = false;
  const timer = setInterval(() => {
    shown = true;
    stderr.write(`${eraseLine}${message} (${Math.round((performance.now() - startedMs) / 1000)} s)`);
  }, delayMs);
  return () => {
    clearInterval(timer);
    if (shown) stderr.write(eraseLine);
  };
}
