import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../../contract/success.ts';
import { anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { SuccessTrial } from './success-trial.ts';

const at = '2026-11-23T09:00:00.000Z';

function tried(criteria: Criterion[], run: { log?: string; tool?: string; result?: unknown } = {}) {
  const { log = '', tool = 'shell:run', result = null } = run;
  const ledger = memoryLedger();
  ledger.claim(anExecution({ tool }));
  ledger.finish('e1', anOutcome({ result }));
  return new SuccessTrial({ ledger, logs: { whole: () => Buffer.from(log) } }).try('e1', criteria);
}

describe('trying criteria on a run', () => {
  it('says of each whether it is met, and which line decided', () => {
    const log = `${at} sys Stopping\n${at} out all fine\n${at} err ERROR: disk\n`;
    const criteria: Criterion[] = [
      { check: 'lacks', text: 'ERROR' },
      { check: 'contains', text: 'fine' },
      { check: 'lacks', text: 'Stopping' },
      { check: 'file', path: '~/a' },
    ];
    expect(tried(criteria, { log })).toEqual([
      {
        state: 'unmet',
        message: 'The output must not contain "ERROR", but line 1 of standard error does: ERROR: disk',
        line: 'ERROR: disk',
      },
      { state: 'met', message: 'The output must contain "fine"', line: null },
      { state: 'met', message: 'The output must not contain "Stopping"', line: null },
      { state: 'not-tried', message: 'The file ~/a must exist', line: null },
    ]);
  });

  it('looks at the body of an HTTP response, not at its head in the log', () => {
    const result = { status: 200, headers: {}, body: '{"ok": false}' };
    const log = `${at} out 200 OK\n${at} out x-note: ERROR\n${at} out {"ok": false}\n`;
    const criteria: Criterion[] = [
      { check: 'lacks', text: 'ERROR' },
      { check: 'json', path: '$.ok', is: 'equals', value: true },
    ];
    const states = tried(criteria, { log, tool: 'http:request', result }).map(({ state }) => state);
    expect(states).toEqual(['met', 'unmet']);
  });

  it('looks at the answer of an MCP tool', () => {
    const result = { content: [{ type: 'text', text: 'done' }], structuredContent: { items: [] } };
    const criteria: Criterion[] = [
      { check: 'contains', text: 'done' },
      { check: 'json', path: '$.items[0]', is: 'exists' },
      { check: 'empty', in: 'stderr' },
    ];
    const states = tried(criteria, { log: `${at} err warning\n`, tool: 'files:list', result }).map(
      ({ state }) => state,
    );
    expect(states).toEqual(['met', 'unmet', 'unmet']);
  });

  it('refuses a criterion that cannot be checked', () => {
    expect(() => tried([{ check: 'matches', pattern: '(' }])).toThrow(/not a regular expression of RE2/);
  });
});
