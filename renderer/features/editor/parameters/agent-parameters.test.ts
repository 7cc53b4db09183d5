import { describe, expect, it } from 'vitest';
import { agentError, amountOf, listOf, withAgent, withPromptKind } from './agent-parameters.ts';

describe('the form of an agent', () => {
  it('needs a prompt, or a file with one', () => {
    expect(agentError({ agent: 'codex' })).toBe('Enter what the agent should do.');
    expect(agentError({ agent: 'codex', promptFile: ' ' })).toBe('Enter the path of the file with the prompt.');
    expect(agentError({ agent: 'codex', prompt: 'Tidy up' })).toBeUndefined();
    expect(agentError({ agent: 'codex', promptFile: 'tidy.md' })).toBeUndefined();
  });

  it('needs a program for another command, and an amount for a limit', () => {
    expect(agentError({ agent: 'command', prompt: 'Hi' })).toBe('Enter the program that runs the prompt.');
    expect(agentError({ agent: 'claude-code', prompt: 'Hi', maxCostUsd: 'a lot' })).toBe(
      'Enter an amount such as 0.50.',
    );
  });

  it('saves the agent that it shows', () => {
    expect(withAgent({ prompt: 'Hi' })).toEqual({ agent: 'claude-code', prompt: 'Hi' });
    expect(withAgent({ agent: 'goose', prompt: 'Hi' })).toMatchObject({ agent: 'goose' });
  });

  it('keeps either a prompt or a file', () => {
    expect(withPromptKind({ agent: 'codex', prompt: 'Hi' }, true)).toEqual({ agent: 'codex', promptFile: '' });
    expect(withPromptKind({ agent: 'codex', promptFile: 'a' }, false)).toEqual({ agent: 'codex', prompt: '' });
  });

  it('reads lists by lines and amounts in both spellings', () => {
    expect(listOf('Write\n\nBash(git push:*)\n')).toEqual(['Write', 'Bash(git push:*)']);
    expect(listOf(' \n')).toBeUndefined();
    expect(['0.5', '0,5', '2', '', 'x'].map(amountOf)).toEqual([0.5, 0.5, 2, undefined, 'x']);
  });
});
