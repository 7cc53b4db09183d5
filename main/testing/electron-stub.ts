// Vitest resolves `electron` to this file, so that an accidental runtime import fails with a clear message. The real
// package would try to download its runtime.
throw new Error(
  "A unit test reached a runtime import of 'electron'. Only main/index.ts, main/desktop, main/adapters/electron, the " +
    'utility-process host, the IPC binding and preload may import it; test the code behind a port instead.',
);
export {};
