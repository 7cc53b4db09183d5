import { describe, expect, it } from 'vitest';
import { agentEnds } from '../testing/run-ends/agent-ends.ts';
import { chosen, success, wrongEnds, type Ends } from '../testing/run-ends/end-case.ts';
import { httpEnds } from '../testing/run-ends/http-ends.ts';
import { mcpEnds } from '../testing/run-ends/mcp-ends.ts';
import { shellEnds } from '../testing/run-ends/shell-ends.ts';

/** Every way in which a run ends, by its tool: one row is a run, what ends it, and what a person then reads. */
const table: Readonly<Record<string, () => Ends | Promise<Ends>>> = {
  'shell:run': shellEnds,
  'http:request': httpEnds,
  'a tool of an MCP server': mcpEnds,
  'agent:run': agentEnds,
};

describe.each(Object.entries(table))('%s', (_tool, ends) => {
  it('ends as the table says: status, error, exit code, log, and nothing left running', async () => {
    const { always, sampled } = await ends();
    expect(await wrongEnds([...always, ...chosen(sampled)])).toEqual([]);
  });
});

it('the table has more than 300 different rows', async () => {
  const tools = await Promise.all(Object.values(table).map(async (ends) => ends()));
  const rows = tools.flatMap(({ always, sampled }) => [...always, ...sampled]);
  expect(new Set(rows.map(({ tool, way }) => `${tool} that ${way}`)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(300);
});

it('a row that is not true is reported, with what the run said', async () => {
  const row = {
    way: 'ends with 1',
    tool: 'shell:run',
    parameters: { command: 'exit 1' },
    end: success({ log: /fine/ }),
  };
  const said = '(The command ended with exit code 1.)';
  expect(await wrongEnds([row])).toEqual([
    `shell:run that ends with 1 is failure, not success ${said}`,
    `shell:run that ends with 1 is shell/exit-code, not undefined ${said}`,
    expect.stringMatching(/^shell:run that ends with 1 logs .*exit code 1/) as string,
  ]);
});
