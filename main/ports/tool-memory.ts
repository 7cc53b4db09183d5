import type { Tool } from '../contract/tool.ts';

/** What a server answered when it was last asked. */
export interface RememberedTools {
  /** Hash of the server's configuration: another command or address is another server. */
  readonly configuration: string;
  /** Name and version as the server gave them, null where it gave none. */
  readonly server: { readonly name: string; readonly version: string } | null;
  /** ISO instant. */
  readonly askedAt: string;
  /** ISO instant of the last attempt to ask again in the background. */
  readonly refreshStartedAt?: string | undefined;
  readonly tools: readonly Tool[];
}

/** Answers of servers, kept beyond the end of the process. Losing one costs asking again, nothing else. */
export interface ToolMemory {
  /** Null where nothing is known of this server. */
  get(server: string): RememberedTools | null;
  set(server: string, remembered: RememberedTools): void;
}
