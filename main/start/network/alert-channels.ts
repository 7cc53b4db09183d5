import { createAlertChannels } from '../../adapters/alerts/alert-channels.ts';
import type { AlertChannels } from '../../ports/alert-channels.ts';
import { networkReason } from '../../worker/runners/network/network-reason.ts';
import { trustedCertificates } from '../../worker/runners/network/trusted-certificates.ts';
import { Network } from '../../worker/runners/network/network.ts';

/** Returns the channels of alerts. Requests go through the proxies of their environment, as those of tasks do. */
export function openAlertChannels(): AlertChannels {
  const trust = 'set NODE_EXTRA_CA_CERTS to it in your login shell';
  return createAlertChannels({
    now: Date.now,
    trusted: (env, caFile) => trustedCertificates({ env, caFile, onRemark: () => undefined }),
    network: (env) => {
      const network = new Network({ env, onRemark: () => undefined });
      return {
        fetch: network.fetch,
        reason: (error, url) => networkReason(error, { url, proxy: network.proxy, trust }),
        close: () => network.close(),
      };
    },
  });
}
