/** The npm registry, which also answers for packages of other channels: they have the same versions. */
const address = 'https://registry.npmjs.org/ncp-scheduler/latest';
/** How long an answer may take, in ms. */
const patienceMs = 5000;

/**
 * Asks the npm registry for the newest version.
 * @param from the address, for tests @default the public registry, or the one of `npm_config_registry`
 * @throws an error that says why there is no answer
 */
export async function newestVersion(stop: AbortSignal, from: string = registryAddress()): Promise<string> {
  const response = await fetch(from, {
    signal: AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]),
    headers: { accept: 'application/json' },
  }).catch((error: unknown) => {
    throw new Error(`${new URL(from).host} does not answer: ${reasonOf(error)}`, { cause: error });
  });
  if (response.status === 404) throw new Error(`${new URL(from).host} has no package ncp-scheduler.`);
  if (!response.ok) throw new Error(`${new URL(from).host} answered with status ${response.status}.`);
  const answer: unknown = await response.json();
  const version = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined;
  if (typeof version === 'string' && /^\d+\.\d+\.\d+/.test(version)) return version;
  throw new Error(`${new URL(from).host} answered without a version.`);
}

function registryAddress(): string {
  const registry = process.env['npm_config_registry'];
  return registry === undefined || registry === '' ? address : `${registry.replace(/\/+$/, '')}/ncp-scheduler/latest`;
}

/** Returns the cause where there is one: fetch itself only says "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} seconds`;
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
