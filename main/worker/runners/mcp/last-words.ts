/** Lines that say nothing about the reason: stack frames, and npm's advice after an error. */
const noise = [
  /^\s+at /,
  /^Node\.js v\d/,
  /^[\s{}^~]*$/,
  /^npm (?:error|ERR!)(?: \d+)?\s*$/,
  /^npm (?:error|ERR!) code /,
  /^npm (?:error|ERR!).*(?:A complete log of this run|you can also install from a|tarball, folder, http url)/,
  /^npm (?:warn|WARN|notice)/,
];

const mostLines = 3;
const mostCharacters = 500;

/** Returns the last lines of a server's stderr that can give a reason, joined to one; empty if there are none. */
export function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const said = lines.filter((line) => !noise.some((pattern) => pattern.test(line)));
  return [...new Set(said)].slice(-mostLines).join(' | ').slice(-mostCharacters).trim();
}
