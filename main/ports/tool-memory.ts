import type { Tool } from '../contract/tool.ts';

/** A server's last answer about its tools. */
export interface RememberedTools {
  /** Hash of the server's configuration: with another command or address it is another server. */
  readonly configuration: string;
  /** Name and version as the server gave them, null if it gave none. */
  readonly server: { readonly name: string; readonly version: string } | null;
  /** ISO instant. */
  readonly askedAt: string;
  /** ISO instant of the last attempt to refresh the answer in the background. */
  readonly refreshStartedAt?: string | undefined;
  readonly tools: readonly Tool[];
}

/** Remembered answers of servers, kept when the process ends. If one is lost, the server is asked again. */
export interface ToolMemory {
  /** Returns the remembered answer, or null if nothing is known of this server. */
  get(server: string): RememberedTools | null;
  set(server: string, remembered: RememberedTools): void;
}
