import { describe, expect, test } from 'vitest';
import { resolveSecrets } from './references.ts';

const values: Readonly<Record<string, string>> = { TOKEN: "it's $HOME `id`", PASS: 'hunter2' };
const read = (name: string): string => {
  const value = values[name];
  if (value === undefined) throw new Error(`no ${name}`);
  return value;
};
const nothing = { tool: 'http:request', parameters: {}, env: {}, mcpServer: null };

describe('references to secrets', () => {
  test('are replaced in every text', () => {
    const { places, values: used } = resolveSecrets(
      {
        ...nothing,
        parameters: { url: 'https://a/?t=${secret:PASS}', headers: { auth: ['Bearer ${secret:TOKEN}'] }, depth: 3 },
        env: { PASSWORD: '${secret:PASS}' },
        mcpServer: { command: 'x', args: ['--token', '${secret:PASS}'] },
      },
      read,
      'linux',
    );
    expect(places).toEqual({
      tool: 'http:request',
      parameters: { url: 'https://a/?t=hunter2', headers: { auth: [`Bearer ${values['TOKEN']}`] }, depth: 3 },
      env: { PASSWORD: 'hunter2' },
      mcpServer: { command: 'x', args: ['--token', 'hunter2'] },
    });
    expect([...used].sort()).toEqual(Object.values(values).sort());
  });

  test.each([
    ['sh', '${NCP_SECRET_TOKEN}'],
    ['bash', '${NCP_SECRET_TOKEN}'],
    ['fish', '{$NCP_SECRET_TOKEN}'],
    ['pwsh', '${env:NCP_SECRET_TOKEN}'],
    ['cmd', '%NCP_SECRET_TOKEN%'],
  ])('in a line of %s become a variable, never text of the line', (shell, written) => {
    const parameters = { command: 'curl -H "auth: ${secret:TOKEN}" a', shell };
    const { places } = resolveSecrets({ ...nothing, tool: 'shell:run', parameters }, read, 'linux');
    expect(places.parameters).toEqual({ command: `curl -H "auth: ${written}" a`, shell });
    expect(places.env).toEqual({ NCP_SECRET_TOKEN: values['TOKEN'] });
  });

  test('to a missing secret stop the run', () => {
    expect(() => resolveSecrets({ ...nothing, env: { A: '${secret:GONE}' } }, read, 'linux')).toThrow('no GONE');
  });

  test('are the only texts that change', () => {
    const parameters = { command: 'echo ${HOME} $secret ${secret} ${secret:1x}' };
    expect(resolveSecrets({ ...nothing, tool: 'shell:run', parameters }, read, 'linux')).toEqual({
      places: { ...nothing, tool: 'shell:run', parameters },
      values: [],
    });
  });
});
