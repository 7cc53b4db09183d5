import { describe, expect, test } from 'vitest';
import type { Probe } from '../../../../main/contract/probe.ts';
import { text } from '../../../text/en.ts';
import { FormReader } from '../form-reading.ts';
import { emptyForm } from '../task-form.ts';
import { probeFormOf, probeOf, type ProbeForm } from './probe-form.ts';

function read(change: Partial<ProbeForm>, base?: Probe) {
  const form = { ...emptyForm('UTC'), ...change };
  const reader = new FormReader(form);
  return { probe: probeOf(reader, form, base), errors: reader.errors };
}

describe('the probe of a task', () => {
  test.each<[Probe | undefined, ProbeForm['probeLook']]>([
    [undefined, 'none'],
    [{ tool: 'shell:run', parameters: { command: 'git ls-remote' } }, 'command'],
    [{ tool: 'http:request', parameters: { url: 'https://a.test' }, path: '$.a', first: 'run' }, 'command'],
    [{ tool: 'http:request', parameters: { url: 'https://a.test', method: 'HEAD' }, then: 'tell' }, 'tool'],
    [{ tool: 'shell:run', parameters: { command: 'https://a.test' } }, 'tool'],
    [{ tool: 'files:list', parameters: { path: '/' }, pattern: 'v(.*)', ignore: ['a', 'b'] }, 'tool'],
    [{ then: 'tell' }, 'own'],
    [{ tool: 'files:list', parameters: {}, newer: true }, 'tool'],
  ])('%j is the same after the form', (probe, look) => {
    const form = probeFormOf(probe);
    expect(form.probeLook).toBe(look);
    expect(read(form, probe)).toEqual({ probe, errors: {} });
  });

  test('needs a command, or a tool and JSON', () => {
    expect(read({ probeLook: 'command', probe: ' ' }).errors).toEqual({ probe: text.probes.commandMissing });
    expect(read({ probeLook: 'tool', probeParameters: '[' }).errors).toMatchObject({
      probeTool: text.probes.toolMissing,
      probeParameters: expect.any(String) as string,
    });
  });

  test('is said in one line', () => {
    const { summary } = text.probes;
    expect(summary('none', '')).toBe('run every time');
    expect(summary('command', 'git ls-remote ')).toBe('if the output of git ls-remote changed');
  });
});
