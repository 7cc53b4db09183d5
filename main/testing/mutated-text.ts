import fc from 'fast-check';

const pieces = [
  '',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\0',
  '\uFEFF',
  'null',
  '-1e999',
  '"__proto__"',
  '\n',
  '9'.repeat(30),
  '☕',
];

/** Damages a text in one to four places, as disks, editors and people do: removes, cuts off, doubles or overwrites. */
export function mutated(text: string): fc.Arbitrary<string> {
  const place = fc.record({
    at: fc.nat(text.length),
    length: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(40), fc.nat(text.length)),
    piece: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8 })),
    kind: fc.constantFrom('replace', 'double', 'end'),
  });
  return fc.array(place, { minLength: 1, maxLength: 4 }).map((places) =>
    places.reduce((current, { at, length, piece, kind }) => {
      if (kind === 'end') return current.slice(0, at);
      const part = kind === 'double' ? current.slice(at, at + length) + piece + current.slice(at, at + length) : piece;
      return current.slice(0, at) + part + current.slice(at + length);
    }, text),
  );
}
