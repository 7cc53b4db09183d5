import { describe, expect, test } from 'vitest';
import { builtInNames, builtIns, builtInTools } from '../../../../main/contract/built-in/built-ins.ts';
import type { BuiltInToolName } from '../../../../main/contract/built-in/built-ins.ts';
import { taskSummary } from '../../groups/groups.ts';
import { builtInFormOf, builtInForms } from './built-in-forms.ts';
import { hasForm } from './schema.ts';
import { readDraft } from '../task-draft.ts';
import { emptyForm } from '../task-form.ts';

const lines: Readonly<Record<BuiltInToolName, string>> = {
  'shell:run': 'restic backup ~',
  'http:request': 'GET https://example.org',
  'agent:run': 'claude-code: Summarise the commits of the last day',
};

/** The rest of the product is in main/built-in-tools.test.ts. */
describe.each(builtInNames)('%s is known to the window', (tool) => {
  const { example } = builtIns[tool];

  test('which has a form for it', () => {
    const form = builtInFormOf(tool);
    const inputSchema = builtInTools.find((candidate) => candidate.tool === tool)?.inputSchema ?? {};
    expect(form === null ? hasForm(inputSchema) : form.canShow(example)).toBe(true);
  });

  test('which saves its example', () => {
    const form = { ...emptyForm('UTC'), name: 'A', schedule: 'every day', tool, parameters: example };
    expect(readDraft(form)).toMatchObject({ ok: true, value: { tool, parameters: example } });
  });

  test('which says what it does in one line', () => {
    expect(taskSummary({ tool, parameters: example })).toBe(lines[tool]);
  });
});

test('a third tool without a form does not compile', () => {
  // @ts-expect-error -- it has no form.
  const forms: Readonly<Record<BuiltInToolName | 'file:copy', unknown>> = builtInForms;
  expect(Object.keys(forms)).toEqual(builtInNames);
});

test('tools of MCP servers have none of these forms', () => {
  expect(builtInFormOf('files:list')).toBeNull();
});
