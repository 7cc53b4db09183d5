import type { KeptServersAnswer } from '../../contract/kept-servers.ts';
import type { ControlClient } from '../../ports/control.ts';
import { notKept } from '../../services/kept-servers/kept-servers.ts';
import type { EngineOnDemand } from './engine-on-demand.ts';

/** The MCP servers that are kept by the primary, or else by this process. */
export interface KeptServerOperations {
  list(): Promise<KeptServersAnswer>;
  /**
   * Ends the servers of this name now. Runs that use one fail. Returns those that are left.
   * @throws SchedulerError `mcp/not-kept`
   */
  end(server: string): Promise<KeptServersAnswer>;
}

/** @param otherPrimary returns the primary if it is another process; otherwise null */
export function keptServerOperations(
  engine: Pick<EngineOnDemand, 'opened'>,
  otherPrimary: () => Promise<ControlClient | null>,
): KeptServerOperations {
  return {
    list: async () => {
      const primary = await otherPrimary();
      if (primary !== null) return primary.call('servers.kept', {});
      return { kept: (await (await engine.opened())?.servers.facts()) ?? [] };
    },
    end: async (server) => {
      const primary = await otherPrimary();
      if (primary !== null) return primary.call('servers.end', { server });
      const opened = await engine.opened();
      if (opened === null) throw notKept(server, []);
      await opened.servers.end(server);
      return { kept: await opened.servers.facts() };
    },
  };
}
