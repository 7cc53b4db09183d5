import { expect, test } from 'vitest';
import { compareEnvironments } from './environment-comparison.ts';

test('lists added, changed and removed variables, in order', () => {
  expect(
    compareEnvironments({ PATH: '/bin', GONE: '1', SAME: 'x' }, { PATH: '/bin:/opt', SAME: 'x', NEW: '' }),
  ).toEqual([
    { name: 'GONE', captured: '1', shell: null, hidden: false },
    { name: 'NEW', captured: null, shell: '', hidden: false },
    { name: 'PATH', captured: '/bin', shell: '/bin:/opt', hidden: false },
  ]);
});

test.each(['GITHUB_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'DB_PASSWORD', 'OPENAI_API_KEY', 'NPM_AUTH'])(
  'shows that %s differs, but not how',
  (name) => {
    expect(compareEnvironments({ [name]: 'old' }, { [name]: 'new' })).toEqual([
      { name, captured: '', shell: '', hidden: true },
    ]);
  },
);

test.each(['GIT_AUTHOR_NAME', 'SSH_AUTH_SOCK', 'KEYBOARD'])('%s is not a secret', (name) => {
  expect(compareEnvironments({ [name]: 'a' }, {})).toEqual([{ name, captured: 'a', shell: null, hidden: false }]);
});

test('equal environments do not differ', () => expect(compareEnvironments({ A: '1' }, { A: '1' })).toEqual([]));
