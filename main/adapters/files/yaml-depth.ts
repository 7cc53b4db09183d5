/** Brackets within quotes and scripts count too, so that this is far more than a file has. */
const mostBrackets = 300;
const mostIndents = 100;

/**
 * Refuses YAML that is nested too deep. The library follows each level with a call of its own, and close to the end of the
 * stack V8 cannot even compile a regular expression: it ends the process (`RegExpCompiler Allocation failed`).
 * @throws Error
 */
export function refuseDeepYaml(text: string): void {
  if (bracketDepth(text) > mostBrackets || indentDepth(text) > mostIndents)
    throw new Error('it is nested deeper than 100 levels');
}

function bracketDepth(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Counts what is further right than the line or the sign (`- `, `? `, `: `) above it. */
function indentDepth(text: string): number {
  const columns: number[] = [];
  let deepest = 0;
  for (const [line, signs = ''] of text.matchAll(/^[ \t]*((?:[-?:][ \t]+)*)\S.*$/gm)) {
    const column = line.length - line.trimStart().length;
    while ((columns.at(-1) ?? -1) >= column) columns.pop();
    columns.push(column);
    for (const sign of signs.matchAll(/\S[ \t]+/g)) columns.push(column + sign.index + sign[0].length);
    deepest = Math.max(deepest, columns.length);
  }
  return deepest;
}
