/** Shorter values are not masked: they occur so often that the log would become unreadable. */
const SHORTEST_MASKED = 4;
export const maskText = '***';

/**
 * Returns the texts in which secrets could appear: each line of a value as it is, in a URL, in JSON and in Base64. The
 * longest come first, so that no text is masked only in part.
 */
export function maskedTexts(values: readonly string[]): string[] {
  const lines = values.flatMap((value) => [value, ...value.split(/\r?\n/)]);
  const forms = lines
    .filter((line) => line.trim().length >= SHORTEST_MASKED)
    .flatMap((line) => [
      line,
      encodeURIComponent(line),
      JSON.stringify(line).slice(1, -1),
      Buffer.from(line, 'utf8').toString('base64'),
    ]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** Returns a copy of a value with all occurrences of the texts masked. */
export function masked<T>(value: T, texts: readonly string[]): T {
  return texts.length === 0 ? value : (maskedValue(value, texts) as T);
}

function maskedValue(value: unknown, texts: readonly string[]): unknown {
  if (typeof value === 'string') return texts.reduce((text, secret) => text.replaceAll(secret, maskText), value);
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(maskedValue(key, texts)), maskedValue(item, texts)]),
  );
}
