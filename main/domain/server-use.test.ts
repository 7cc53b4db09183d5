import { describe, expect, it } from 'vitest';
import { usableServer } from './server-use.ts';

const variables = { TOKEN: 'abc', HOME: '/home/me', EMPTY: '' };
const used = (server: Parameters<typeof usableServer>[1]) => usableServer('github', server, variables);

describe('variables in the configuration of a server', () => {
  it('are replaced in the command, arguments, folder and environment', () => {
    const server = used({
      command: '${HOME}/bin/server',
      args: ['--key=${TOKEN}', '${env:TOKEN}', '${MISSING:-fallback}', '${EMPTY:-fallback}', '${MISSING:-}', 'plain'],
      cwd: '${userHome}/work',
      env: { API_TOKEN: '${TOKEN}' },
    });
    expect(server).toEqual({
      command: '/home/me/bin/server',
      args: ['--key=abc', 'abc', 'fallback', '', '', 'plain'],
      cwd: '/home/me/work',
      env: { API_TOKEN: 'abc' },
    });
  });

  it('are replaced in the address and the headers', () => {
    expect(used({ url: 'https://${HOST:-example.org}/mcp', headers: { Authorization: 'Bearer ${TOKEN}' } })).toEqual({
      url: 'https://example.org/mcp',
      headers: { Authorization: 'Bearer abc' },
    });
  });

  it("come from the server's own environment first", () => {
    expect(used({ command: 'x', args: ['${TOKEN}'], env: { TOKEN: 'own' } })).toMatchObject({ args: ['own'] });
  });

  it('stay as they are behind a second $, and secrets stay for later', () => {
    const args = ['$${TOKEN}', '${secret:TOKEN}', '$TOKEN', '{TOKEN}'];
    expect(used({ command: 'x', args })).toMatchObject({ args: ['${TOKEN}', '${secret:TOKEN}', '$TOKEN', '{TOKEN}'] });
  });

  it('that are not set are refused with the name, the field and what to do', () => {
    expect(() => used({ url: 'https://x.test', headers: { Authorization: 'Bearer ${GITHUB_TOKEN}' } })).toThrow(
      expect.objectContaining({
        code: 'mcp/variable-not-set',
        details: { server: 'github', field: 'headers', variable: 'GITHUB_TOKEN' },
        message: expect.stringContaining('but GITHUB_TOKEN is not set in your login shell') as string,
      }),
    );
  });

  it.each(['${input:key}', '${workspaceFolder/x}', '${}', '${command:pick}'])(
    'of another program are refused: %s',
    (text) => {
      expect(() => used({ command: 'x', args: [text] })).toThrow(
        expect.objectContaining({ code: 'mcp/variable-not-set' }),
      );
    },
  );

  it('cannot make an address that is none', () => {
    expect(() => used({ url: '${TOKEN}/mcp' })).toThrow(expect.objectContaining({ code: 'mcp/bad-address' }));
  });
});

describe('a server that is turned off', () => {
  it('is refused with the reason', () => {
    expect(() => used({ command: 'x', disabled: true })).toThrow(
      expect.objectContaining({ code: 'mcp/disabled', message: expect.stringContaining('"github"') as string }),
    );
    expect(used({ command: 'x', disabled: false })).toMatchObject({ command: 'x' });
  });
});
