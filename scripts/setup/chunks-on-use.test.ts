import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { chunksOnUse } from './chunks-on-use.mjs';

const chunk = `const require_errors = require("./errors-a1.js");
const require_idle = require("./idle-b2.js");
const require_side = require("./side-c3.js");
let node_path = require("node:path");
function fail(word) {
  throw new require_errors.Problem(\`\${require_errors.prefix}: \${word}\`);
}
exports.fail = fail;
exports.idle = () => require_idle.answer;
`;

function transformed(code: string): string {
  const { renderChunk } = chunksOnUse();
  const answer = (renderChunk as unknown as (text: string) => { code: string } | null)(code);
  return answer?.code ?? code;
}

/** Runs the chunk. Returns its exports and a live list of what it has loaded. */
function started(code: string) {
  class Problem extends Error {}
  const modules: Record<string, unknown> = {
    './errors-a1.js': { Problem, prefix: 'failed' },
    './idle-b2.js': { answer: 42 },
  };
  const loaded: string[] = [];
  const exported: Record<string, (word?: string) => unknown> = {};
  const require = (id: string): unknown => {
    loaded.push(id);
    return modules[id] ?? {};
  };
  runInNewContext(code, { require, exports: exported });
  return { exported, loaded, Problem };
}

describe('chunks of the command line', () => {
  it('are loaded once, when something in them is used', () => {
    const { exported, loaded } = started(transformed(chunk));
    expect(loaded).toEqual(['./side-c3.js', 'node:path']);
    expect([exported['idle']?.(), exported['idle']?.()]).toEqual([42, 42]);
    expect(loaded).toEqual(['./side-c3.js', 'node:path', './idle-b2.js']);
  });

  it('behave as before the transformation', () => {
    const { exported, Problem } = started(transformed(chunk));
    expect(() => exported['fail']?.('here')).toThrow(Problem);
    expect(() => exported['fail']?.('here')).toThrow('failed: here');
  });

  it('leave code without chunks unchanged', () => {
    const alone = 'let node_fs = require("node:fs");\nexports.read = node_fs.readFileSync;\n';
    expect(transformed(alone)).toBe(alone);
  });
});
