import type { WindowAddress } from './fleet.ts';

const parameter = 'machine';

/**
 * The address of the page: the machine in its query, the view in its hash. Links to views change the hash only, so the machine
 * stays.
 */
export const windowAddress: WindowAddress = {
  read: () => ({
    machine: new URLSearchParams(window.location.search).get(parameter),
    hash: window.location.hash,
  }),
  push: (machine, hash) => {
    const query = machine === null ? '' : `?${parameter}=${encodeURIComponent(machine)}`;
    window.history.pushState(null, '', `${window.location.pathname}${query}${hash}`);
  },
  onTravel: (listener) => {
    window.addEventListener('popstate', listener);
    return () => window.removeEventListener('popstate', listener);
  },
};
