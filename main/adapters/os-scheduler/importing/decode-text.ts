/**
 * Returns the bytes of a text file as text, without byte order mark. UTF-16 if there is such a mark, or if every other
 * byte at the beginning is zero, as `schtasks /XML` writes it; otherwise UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const [first, second] = buffer;
  if (first === 0xfe && second === 0xff) {
    return withoutMark(
      buffer
        .subarray(0, buffer.length & ~1)
        .swap16()
        .toString('utf16le'),
    );
  }
  const isUtf16 = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  return withoutMark(buffer.toString(isUtf16 ? 'utf16le' : 'utf8'));
}

const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');
