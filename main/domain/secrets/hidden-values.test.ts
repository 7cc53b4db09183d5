import { describe, expect, it, test } from 'vitest';
import { hideInText, secretsIn } from './hidden-text.ts';
import { hideSecrets, keepHidden, secretsWithin } from './hidden-values.ts';

const jwt = 'eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeK';

describe('secrets within a text', () => {
  test.each([
    ['curl -H "Authorization: Bearer abc.def" https://x', 'curl -H "Authorization: [hidden:1]" https://x'],
    ["curl -H 'X-Api-Key: k1' -b a=1", "curl -H 'X-Api-Key: [hidden:1]' -b a=1"],
    ['curl -u joe:hunter2 https://x', 'curl -u joe:[hidden:1] https://x'],
    ['psql postgres://u:p%40ss@h/db?sslmode=on', 'psql postgres://u:[hidden:1]@h/db?sslmode=on'],
    ['redis://:pa55@h/0', 'redis://:[hidden:1]@h/0'],
    ['https://x/?a=1&access_token=t1&b=2', 'https://x/?a=1&access_token=[hidden:1]&b=2'],
    ['deploy --token t1 --password="p 1" --dry-run', 'deploy --token [hidden:1] --password="[hidden:2]" --dry-run'],
    ["GITHUB_TOKEN=t1 PGPASSWORD='p 1' make", "GITHUB_TOKEN=[hidden:1] PGPASSWORD='[hidden:2]' make"],
    ['{"user":"a","apiKey":"k1"}', '{"user":"a","apiKey":"[hidden:1]"}'],
    [JSON.stringify('{"apiKey":"k1"}'), JSON.stringify('{"apiKey":"[hidden:1]"}')],
    [`jwt ${jwt}.`, 'jwt [hidden:1].'],
    ['https://hooks.slack.com/services/T000/B000/abcdefghij0123456789', 'https://[hidden:1]'],
    ['Set-Cookie: sid=abc; Path=/', 'Set-Cookie: [hidden:1]'],
  ])('%j', (text, shown) => expect(hideInText(text)).toBe(shown));

  test.each([
    'echo "$TOKEN" | curl -H "Authorization: Bearer $TOKEN" --data @- https://x',
    'curl -H "X-Key: ${secret:KEY}" https://joe@x/',
    'ssh -i ~/.ssh/id --key /etc/ssl/key.pem git@github.com:a/b',
    'the keyboard key: up, author: Ann, monkey=1, tokens=5, 12:30 a@b',
    'rsync -a /a/ host:/b; test a = b && make -j2 PASS=1',
  ])('are not seen in %j', (text) => expect(hideInText(text)).toBe(text));

  it('are found in time in proportion to the text', () => {
    const used = (text: string): number => {
      const before = process.cpuUsage();
      secretsIn(text);
      return process.cpuUsage(before).user / 1000;
    };
    // Far over what 300 kB take, and far under what a quadratic search would take.
    for (const piece of ['a', 'a-', 'a=', '--a ', 'sk-', 'eyJa.', '://a', '"a":"', "x='", 'https://a:', 'token:'])
      expect(used(piece.repeat(300_000 / piece.length)), piece).toBeLessThan(5000);
  });
});

const task = {
  name: 'Deploy',
  env: { GITHUB_TOKEN: 'gh-1', PLAIN: 'x', URL: 'https://u:pw@h' },
  parameters: {
    command: 'curl -u joe:hunter2 https://x?token=t1',
    args: ['deploy', '--token', 'a1', '--verbose'],
    deep: {
      list: [{ clientSecret: 's1' }, { name: 'Cookie', value: 'c=1' }],
      passwords: ['p-1', 'p-2'],
      apiKey: 123456789,
    },
    schema: { properties: { token: { type: 'string' } } },
  },
};

describe('secrets within a value', () => {
  it('are hidden by name at any depth, and within texts', () => {
    expect(hideSecrets(task)).toEqual({
      name: 'Deploy',
      env: { GITHUB_TOKEN: '[hidden:1]', PLAIN: 'x', URL: 'https://u:[hidden:1]@h' },
      parameters: {
        command: 'curl -u joe:[hidden:1] https://x?token=[hidden:2]',
        args: ['deploy', '--token', '[hidden:1]', '--verbose'],
        deep: {
          list: [{ clientSecret: '[hidden:1]' }, { name: 'Cookie', value: '[hidden:1]' }],
          passwords: ['[hidden:1]', '[hidden:1]'],
          apiKey: '[hidden:1]',
        },
        schema: { properties: { token: { type: 'string' } } },
      },
    });
  });

  it('are listed', () => {
    expect(secretsWithin(task).sort()).toEqual(
      ['123456789', 'a1', 'c=1', 'gh-1', 'hunter2', 'p-1', 'p-2', 'pw', 's1', 't1'].sort(),
    );
  });
});

describe('what a reader sends back', () => {
  it('keeps every secret, whatever else it changes', () => {
    expect(keepHidden(hideSecrets(task), task)).toEqual({ value: task, unknown: [] });
    const edited = { parameters: { command: 'curl -s -u joe:[hidden:1] https://x?token=[hidden:2] | jq .' } };
    expect(keepHidden(edited, task).value).toEqual({
      parameters: { command: 'curl -s -u joe:hunter2 https://x?token=t1 | jq .' },
    });
  });

  it('is not understood at another place', () => {
    const moved = { env: { OTHER: '[hidden:1]' }, parameters: { command: 'a [hidden:3]', list: ['[hidden:1]'] } };
    expect(keepHidden(moved, task).unknown).toEqual(['env.OTHER', 'parameters.command', 'parameters.list.0']);
  });

  it('is never taken from the prototype of an object', () => {
    expect(keepHidden(JSON.parse('{"__proto__":{"token":"[hidden:1]"}}'), {}).unknown).toHaveLength(1);
  });
});
