import fc from 'fast-check';

// TEST_SEED repeats a run of every property. CI sets it, so that a landing does not depend on the draw of the day;
// `npm test` and `npm run test:deep` draw anew and print what they drew.
const given = process.env['TEST_SEED'];
if (given !== undefined) fc.configureGlobal({ seed: Number(given) });
