import type { AccessStatus } from '../../ports/access-status.ts';
import { Network } from '../../worker/runners/network/network.ts';
import { splitCredentials } from '../../worker/runners/http/credentials.ts';

/** Asks an address as a run would: through its proxy, trusting its certificates, with its headers. */
export const accessStatus: AccessStatus = async ({ url: address, method, headers, timeoutMs, ...options }) => {
  let network: Network | null = null;
  try {
    network = new Network({ ...options, onRemark: () => undefined });
    const { url, authorization } = splitCredentials(address);
    const sent = new Headers(headers);
    if (authorization !== null && !sent.has('authorization')) sent.set('authorization', authorization);
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await network.fetch(url, { method, headers: sent, redirect: 'manual', signal });
    // A stream of events would never end.
    await response.body?.cancel();
    return response.status;
  } catch {
    // Not reached, a bad certificate, a wrong proxy: the run itself says so. Only an answer tells about a sign-in.
    return null;
  } finally {
    await network?.close();
  }
};
