import { SERVER_NAME } from './server-format.ts';

/** Returns the command for a terminal that adds the server. */
export function addCommand(
  program: 'claude-code' | 'codex',
  words: readonly string[],
  platform: NodeJS.Platform,
): string {
  const quoted = words.map((word) => quotedWord(word, platform)).join(' ');
  return program === 'codex'
    ? `codex mcp add ${SERVER_NAME} -- ${quoted}`
    : `claude mcp add --scope user ${SERVER_NAME} -- ${quoted}`;
}

function quotedWord(word: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word) && (platform === 'win32' || !word.includes('\\'))) return word;
  return platform === 'win32' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
