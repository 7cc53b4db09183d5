import { describe, expect, it } from 'vitest';
import { parseShownEnvironment, sessionVariables, withoutSession } from './session-variables.ts';

const manager = { DISPLAY: ':1', XDG_RUNTIME_DIR: '/run/user/7', PATH: '/x', SECRET: 'x' };

describe('the variables of the session', () => {
  it('are those of the session manager, and of nothing else that it knows', async () => {
    const read = sessionVariables({ ask: () => Promise.resolve(manager), ownSession: { DISPLAY: ':9' } });
    expect(await read()).toEqual({ DISPLAY: ':1', XDG_RUNTIME_DIR: '/run/user/7' });
  });

  it('are those of the app if the manager knows no display', async () => {
    const ask = () => Promise.resolve({ XDG_RUNTIME_DIR: '/run/user/7' });
    const ownSession = { DISPLAY: ':9', ANTHROPIC_API_KEY: 'x' };
    expect(await sessionVariables({ ask, ownSession })()).toEqual({ DISPLAY: ':9', XDG_RUNTIME_DIR: '/run/user/7' });
  });

  it('are not those of another program', async () => {
    expect(await sessionVariables({ ask: () => Promise.resolve({}) })()).toEqual({});
  });

  it('are asked for once in ten seconds', async () => {
    let nowMs = 0;
    let asked = 0;
    const ask = () => Promise.resolve({ DISPLAY: `:${(asked += 1)}` });
    const read = sessionVariables({ ask, now: () => nowMs });
    await read();
    nowMs = 9999;
    expect(await read()).toEqual({ DISPLAY: ':1' });
    nowMs = 10_000;
    expect(await read()).toEqual({ DISPLAY: ':2' });
  });

  it('of an earlier session are dropped', () => {
    expect(withoutSession({ DISPLAY: ':0', A: '1' })).toEqual({ A: '1' });
  });
});

it('the output of systemctl show-environment is read with its quotes', () => {
  expect(parseShownEnvironment(`A=1\nB=$'it\\'s\\na line'\nC=a=b\n`)).toEqual({ A: '1', B: "it's\na line", C: 'a=b' });
});
