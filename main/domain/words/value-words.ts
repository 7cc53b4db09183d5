/**
 * Returns a recorded value in words, for people who do not read JSON: `mode: one, on: (web, db)`. Text stays as it is, so the
 * result is untrusted if the value is.
 */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return `${value as number | boolean}`;
  const parts = Array.isArray(value)
    ? value.map(nested)
    : Object.entries(value).map(([name, inner]) => `${name}: ${nested(inner)}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

const nested = (value: unknown): string =>
  typeof value === 'object' && value !== null ? `(${valueWords(value)})` : valueWords(value);
