// Writes Apple's icon format. A file starts with "icns" and its total length. Each picture follows as a four-letter
// type, its length including this 8-byte header, and the PNG. Numbers are big-endian. macOS 10.7 and later read PNG.

/** Types by size in pixels. macOS also uses an image for half its size at double density, which is a separate type. */
const types = new Map([
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
]);

/**
 * @param {ReadonlyMap<number, Buffer>} pngs By width in pixels; sizes that the format does not support are omitted.
 * @returns {Buffer}
 */
export const toIcns = (pngs) => {
  const pictures = [...pngs].flatMap(([size, png]) => (types.get(size) ?? []).map((type) => block(type, png)));
  return block('icns', Buffer.concat(pictures));
};

/**
 * @param {string} type
 * @param {Buffer} content
 */
const block = (type, content) => {
  const header = Buffer.alloc(8);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(content.length + header.length, 4);
  return Buffer.concat([header, content]);
};
