import type { SignInAccess } from '../../ports/sign-in.ts';
import { oauthClient } from '../../adapters/oauth/oauth-client.ts';
import { openReturnPlace } from '../../adapters/oauth/return-place.ts';
import { openBrowser } from '../../adapters/system/open-browser.ts';
import { networkReason } from '../../worker/runners/network/network-reason.ts';
import { Network } from '../../worker/runners/network/network.ts';

/**
 * Returns how a person signs in to MCP servers. Requests go through the proxies that the environment names.
 * @param environment returns the variables of the person's login shell
 */
export function openSignIn(environment: () => Promise<Readonly<Record<string, string>>>): SignInAccess {
  const trust = 'set NODE_EXTRA_CA_CERTS to it in your login shell';
  const client = oauthClient({
    now: Date.now,
    network: async () => {
      const network = new Network({ env: await environment(), onRemark: () => undefined });
      return {
        fetch: network.fetch,
        reason: (error, url) => networkReason(error, { url, proxy: network.proxy, trust }),
        close: () => network.close(),
      };
    },
  });
  return { ...client, listen: openReturnPlace, open: (address) => openBrowser(address) };
}
