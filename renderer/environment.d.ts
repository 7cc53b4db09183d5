import type { TextBridge } from '../main/contract/ipc.ts';

declare global {
  interface Window {
    /** Set by the preload. Missing if the page is opened outside the app. */
    readonly ncpScheduler?: TextBridge;
  }
}
