import fc from 'fast-check';

// TEST_SEED makes every property repeat the same run. CI sets it, so that a merge does not depend on chance; `npm test`
// and `npm run test:deep` use a new seed each time and print it.
const given = process.env['TEST_SEED'];
if (given !== undefined) fc.configureGlobal({ seed: Number(given) });
