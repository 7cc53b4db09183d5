import { describe, expect, it } from 'vitest';
import { lastLines } from './last-words.ts';

describe('the last lines of stderr', () => {
  it('of npx name the package that does not exist', () => {
    const npm = [
      'npm error code E404',
      'npm error 404 Not Found - GET https://registry.npmjs.org/nonesuch-mcp - Not found',
      'npm error 404',
      "npm error 404  'nonesuch-mcp@*' is not in this registry.",
      'npm error 404',
      'npm error 404 Note that you can also install from a',
      'npm error 404 tarball, folder, http url, or git folder.',
      'npm error A complete log of this run can be found in: /home/me/.npm/_logs/2026-11-28-debug-0.log',
    ].join('\n');
    expect(lastLines(npm)).toBe(
      "npm error 404 Not Found - GET https://registry.npmjs.org/nonesuch-mcp - Not found | npm error 404  'nonesuch-mcp@*' is not in this registry.",
    );
  });

  it('of a crash of Node have the error and no stack', () => {
    const crash =
      "Error: Cannot find module 'zod'\n    at Module._load (node:internal)\n    at file:///x.js:1:1 {\n}\n\nNode.js v22.1.0\n";
    expect(lastLines(crash)).toBe("Error: Cannot find module 'zod'");
  });

  it('are at most three, each once', () => {
    expect(lastLines('a\nb\nc\nc\nd\n')).toBe('b | c | d');
    expect(lastLines(' \n')).toBe('');
  });
});
