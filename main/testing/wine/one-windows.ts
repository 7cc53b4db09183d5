import type { TestProject } from 'vitest/node';
import { Wine } from './wine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the Windows that all tests of the level share, or why there is none. */
    readonly wine: { readonly folder: string } | { readonly problem: string };
  }
}

/** Creates one Windows for the whole level `wine`: that takes half of its time. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const wine = new Wine();
  const problem = await wine.start();
  project.provide('wine', problem === null ? { folder: wine.folder } : { problem });
  return () => wine.end();
}
