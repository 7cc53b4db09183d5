import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterCheck } from './parameter-check.ts';
import { fitsSchema } from '../../contract/built-in/parameters-schema.ts';
import { builtInNames, builtIns } from '../../contract/built-in/built-ins.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';

const value = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('true', 'https://example.org') },
  { weight: 2, arbitrary: fc.constantFrom('', 'true', 'https://example.org', 'ftp://x', 'bash', 0, 200, -1, 1.5) },
  fc.array(fc.constantFrom('', 'a', 1, 2, null), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 1), { maxKeys: 2 }),
  fc.jsonValue(),
);

/** Draws parameters, most of them with the tool's own names, and half of them beside a right example. */
const parametersOf = (names: readonly string[], example: object) =>
  fc
    .tuple(
      fc.constantFrom({}, example),
      fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.string()), value, { maxKeys: 3 }),
    )
    .map(([base, drawn]) => ({ ...base, ...drawn }));

describe.each(builtInNames)('parameters of %s', (tool) => {
  const { inputSchema, example } = builtIns[tool];
  const problemsOf = parameterCheck({ ...inputSchema });

  it(
    'pass the short check exactly when a validator of JSON schemas finds no problem',
    async () => {
      let right = 0;
      const agree = fc.property(parametersOf(Object.keys(inputSchema.properties), example), (parameters) => {
        const fits = fitsSchema(inputSchema, parameters);
        if (fits) right += 1;
        expect(fits, JSON.stringify(parameters)).toBe(problemsOf(parameters).length === 0);
      });
      await checkProperty(`parameters of ${tool}`, 1_000, agree);
      expect(right).toBeGreaterThan(10);
    },
    PROPERTY_TIMEOUT_MS,
  );

  it('fit as its examples and its forms are written', () => {
    const { forms } = builtIns[tool];
    const filledIn = forms.map((form) => JSON.parse(form.replaceAll('…', 'https://example.org')) as typeof example);
    for (const parameters of [example, ...filledIn]) {
      expect(problemsOf(parameters)).toEqual([]);
      expect(fitsSchema(inputSchema, parameters)).toBe(true);
    }
  });
});
