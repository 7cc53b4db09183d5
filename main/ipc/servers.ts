import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Signs in to MCP servers and out again, and ends kept ones. Returns states, never tokens. */
export function serverHandlers(application: Application): HandlersOf<'servers'> {
  return {
    'servers.signIns': async () => (await application.signIns()).list(),
    'servers.signIn': async ({ name }) => {
      const signIns = await application.signIns();
      const { page } = await signIns.begin(name);
      return { ...signIns.list(), page };
    },
    'servers.completeSignIn': async ({ name, address }) => {
      const signIns = await application.signIns();
      await signIns.complete(name, address);
      return signIns.list();
    },
    'servers.cancelSignIn': async ({ name }) => {
      const signIns = await application.signIns();
      signIns.cancel(name);
      return signIns.list();
    },
    'servers.kept': async () => (await application.keptServers()).list(),
    'servers.endKept': async ({ name }) => (await application.keptServers()).end(name),
    'servers.signOut': async ({ name }) => {
      const signIns = await application.signIns();
      const { note } = await signIns.signOut(name);
      return { ...signIns.list(), note };
    },
  };
}
