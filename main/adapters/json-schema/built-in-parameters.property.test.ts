import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterProblems } from './parameter-check.ts';
import { builtInParameters } from '../../contract/built-in-parameters.ts';
import { builtInTools } from '../../contract/built-in-tools.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';

const value = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('true', 'https://example.org') },
  { weight: 2, arbitrary: fc.constantFrom('', 'true', 'https://example.org', 'ftp://x', 'bash', 0, 200, -1, 1.5) },
  fc.array(fc.constantFrom('', 'a', 1, 2, null), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 1), { maxKeys: 2 }),
  fc.jsonValue(),
);

/** Names of the tool's own parameters, mostly. */
const parametersOf = (names: readonly string[]) =>
  fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.string()), value, { maxKeys: 3 });

describe.each(builtInTools)('parameters of $tool', ({ tool, inputSchema }) => {
  const names = Object.keys(inputSchema['properties'] as Record<string, unknown>);

  it(
    'that pass the short check pass the tool’s own schema',
    async () => {
      let right = 0;
      const agree = fc.property(parametersOf(names), (parameters) => {
        if (builtInParameters[tool]?.safeParse(parameters).success !== true) return;
        right += 1;
        expect(parameterProblems(inputSchema, parameters)).toEqual([]);
      });
      await checkProperty(`parameters of ${tool}`, 1_000, agree);
      expect(right).toBeGreaterThan(10);
    },
    PROPERTY_TIMEOUT_MS,
  );
});
