// Writes Apple's icon format: the letters "icns", the length of the file, then for each picture a four-letter type, its
// length with this header of eight bytes, and the PNG itself. Numbers are big-endian. macOS 10.7 and later read PNG.

/** Types by size in pixels. An image serves both a size and half of it at double density; macOS needs both types. */
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
 * @param {ReadonlyMap<number, Buffer>} pngs by their width in pixels; sizes the format does not know are left out
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
