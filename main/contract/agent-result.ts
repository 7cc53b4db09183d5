import type { AgentName } from './built-in/agent-run.ts';

/** The result of a run of `agent:run`. */
export interface AgentResult {
  readonly agent: AgentName;
  /** The agent's last words; null if it gave none. */
  readonly text: string | null;
  readonly isError: boolean;
  /** US dollars, as the agent reports them; null if it does not. */
  readonly costUsd: number | null;
  readonly turns: number | null;
  readonly sessionId: string | null;
  /** The command that continues the session in a terminal; null if there is none. */
  readonly resume: string | null;
  readonly model: string | null;
  /** Files that the agent's own tools for editing changed. What its commands changed is not known. */
  readonly filesChanged: readonly string[];
  /** Permissions that it asked for and nobody could give. */
  readonly neededPermissions: readonly string[];
}

/** Returns the result of an agent's run; null for any other result. */
export function agentResultOf({
  tool,
  result,
}: {
  readonly tool: string;
  readonly result: unknown;
}): AgentResult | null {
  if (tool !== 'agent:run' || typeof result !== 'object' || result === null || !('filesChanged' in result)) return null;
  return result as AgentResult;
}

/** Returns an amount of US dollars as people read it; small amounts with the digits that matter. */
export function costText(usd: number): string {
  if (usd === 0) return '$0';
  return usd >= 0.01 ? `$${usd.toFixed(2)}` : `$${usd.toPrecision(2)}`;
}
