// Runs before each test file is loaded: the change of the last run must not be active until the tests begin.
const { __stryker__: stryker } = /** @type {{ __stryker__?: { activeMutant: string | undefined } }} */ (globalThis);
if (stryker !== undefined) stryker.activeMutant = undefined;
