import type { BuiltInToolName } from '../../contract/built-in/built-ins.ts';
import type { Probe } from '../../contract/probe.ts';
import { pathProblem } from '../success/json-check.ts';
import { expressionProblem } from './expressions.ts';

/** Why a tool cannot be a probe; null if it can. */
const obstacles: Readonly<Record<BuiltInToolName, string | null>> = {
  'shell:run': null,
  'http:request': null,
  'agent:run': 'An agent cannot be a probe, because its answer is never the same twice.',
};
const isBuiltIn = (tool: string): tool is BuiltInToolName => Object.hasOwn(obstacles, tool);

/** Returns why a probe can never work, with the field; null if it can. */
export function probeProblem(probe: Probe): { readonly field: string; readonly message: string } | null {
  const { tool, parameters, then, path, pattern, ignore = [] } = probe;
  if (tool === undefined && parameters !== undefined)
    return { field: 'tool', message: 'A probe with parameters needs a tool, for example shell:run.' };
  if (tool === undefined && then !== 'tell')
    return {
      field: 'tool',
      message:
        'A probe needs a tool, unless it only tells a change ("then": "tell"): then the task itself is its probe.',
    };
  const obstacle = tool !== undefined && isBuiltIn(tool) ? obstacles[tool] : null;
  if (obstacle !== null) return { field: 'tool', message: obstacle };
  const wrongPath = path === undefined ? null : pathProblem(path);
  if (wrongPath !== null) return { field: 'path', message: `"${path}" is not a JSONPath: ${wrongPath}` };
  const expressions = [
    ...(pattern === undefined ? [] : [['pattern', pattern] as const]),
    ...ignore.map((text, index) => [`ignore.${index}`, text] as const),
  ];
  for (const [field, text] of expressions) {
    const message = expressionProblem(text);
    if (message !== null) return { field, message: `${message}.` };
  }
  return null;
}
