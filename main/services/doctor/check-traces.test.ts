import { expect, it } from 'vitest';
import { checkTraces } from './check-traces.ts';

const needs = (variables: Readonly<Record<string, string>>) => ({
  variables: () => Promise.resolve(variables),
  traces: { problem: (given: object) => ('OTEL' in given ? 'OTEL is "x". Set it to y.' : null) },
});

it('warns of a variable of the environment of tasks that keeps traces off', async () => {
  expect(await checkTraces(needs({ OTEL: 'x' }))).toMatchObject([
    { status: 'warning', message: 'OTEL is "x". Set it to y. Then run `ncp-scheduler environment refresh`.' },
  ]);
  expect(await checkTraces(needs({}))).toEqual([]);
});
