import { describe, expect, it } from 'vitest';
import { serverNameProblem, usableServerName } from './server-name.ts';
import { toolNameSchema } from './tool-call.ts';

const good = ['github', 'Google Drive', 'http', 'a', 'é ü'];
const bad = ['', ' ', 'a:b', 'a\nb', ' a', 'a ', ':'];

describe('the name of a server', () => {
  it.each(good)('can be used: %j', (name) => {
    expect(serverNameProblem(name)).toBeNull();
    expect(usableServerName(name)).toBe(name);
    expect(toolNameSchema.safeParse(`${name}:go`).success).toBe(true);
  });

  it.each(bad)('cannot be used, and another one can in its place: %j', (name) => {
    expect(serverNameProblem(name)).toMatch(/^The name of the server .*\.$/);
    expect(serverNameProblem(usableServerName(name))).toBeNull();
  });

  it.each(['', ' ', 'a\nb', ' a', 'a '])('makes no tool that a task may have: %j', (name) => {
    expect(toolNameSchema.safeParse(`${name}:go`).success).toBe(false);
  });
});
