const second = 1000;
const unitMs: Readonly<Record<string, number>> = { s: second, m: 60 * second, min: 60 * second, h: 3600 * second };
const longestMs = 24 * 3600 * second;
const forms = 'a length of time from 1s to 24h, such as "10m"';

/** How long an MCP server is kept after its last run: `forMs` is null if it is not kept. Or why that cannot be read. */
type Keep = { readonly forMs: number | null } | { readonly problem: string };

/** Reads `keep` of a configured MCP server. A problem completes "keep …". */
export function readKeep(server: Readonly<Record<string, unknown>>): Keep {
  const { keep } = server;
  if (keep === undefined || keep === null || keep === false) return { forMs: null };
  if (typeof keep !== 'string') return { problem: `must be ${forms}, not ${JSON.stringify(keep)}` };
  if (typeof server['command'] !== 'string') {
    return { problem: 'is only for servers with a command: a server with an address runs by itself' };
  }
  const [, amount = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*(s|m|min|h)\s*$/.exec(keep) ?? [];
  const forMs = Math.round(Number(amount) * (unitMs[unit] ?? Number.NaN));
  const fits = forMs >= second && forMs <= longestMs;
  return fits ? { forMs } : { problem: `must be ${forms}, not ${JSON.stringify(keep)}` };
}
