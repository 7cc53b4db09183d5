import { expect, it } from 'vitest';
import { maySignIn } from './sign-in-tasks.ts';

const shell = { tool: 'shell:run', parameters: { command: 'true' } };
const http = (parameters: object) => ({ tool: 'http:request', parameters: { url: 'https://a.test', ...parameters } });

it.each([
  ['an agent', { tool: 'agent:run', parameters: { agent: 'codex', prompt: 'x' } }],
  ['an MCP tool', { tool: 'notes:sum', parameters: {} }],
  ['a stored secret in the command', { tool: 'shell:run', parameters: { command: 'echo ${secret:A}' } }],
  ['a stored secret in a variable', { ...shell, env: { A: '${secret:A}' } }],
  ['a header with credentials', http({ headers: { Authorization: 'Bearer x' } })],
  ['an address with a password', http({ url: 'https://u:p@a.test' })],
  ['a probe with credentials', { ...shell, policies: { probe: http({ headers: { 'X-Api-Key': 'x' } }) } }],
])('a task with %s may sign in', (_what, task) => {
  expect(maySignIn(task)).toBe(true);
});

it.each([
  ['a command', shell],
  ['an address', http({})],
  ['a header that is no sign-in', http({ headers: { 'Idempotency-Key': 'x' } })],
  ['an address that is none', http({ url: 'nowhere' })],
  ['a probe of its own tool', { ...shell, policies: { probe: {} } }],
])('a task with %s signs in nowhere', (_what, task) => {
  expect(maySignIn(task)).toBe(false);
});
