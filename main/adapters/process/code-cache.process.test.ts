import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtScript } from '../../testing/built-script.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';

let script = '';
let folder = '';
beforeAll(async () => {
  script = await builtScript('main/testing/children/code-cache-child.ts');
});
beforeEach(() => {
  folder = temporaryDir();
  const program = join(folder, 'program');
  mkdirSync(program);
  writeFileSync(join(program, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(program, 'start.js'), `module.exports = require('./main.js');`);
  writeFileSync(join(program, 'part.js'), `exports.part = (n) => n + 1;`);
  writeFileSync(
    join(program, 'main.js'),
    `const { part } = require('./part.js'); module.exports = { sum: part(1), file: __filename, own: module.id, self: this === exports };`,
  );
});

/** Runs the program, whose output must be the same in each case. */
function start(options: { record?: boolean; flags?: readonly string[] } = {}): { taken: number; refused: number } {
  const env = { PATH: process.env['PATH'], ...(options.record === true ? { NCP_SCHEDULER_RECORD_CODE: '1' } : {}) };
  const output = execFileSync(process.execPath, [...(options.flags ?? []), script, folder], { env, encoding: 'utf8' });
  const { answer, ...counts } = JSON.parse(output) as { taken: number; refused: number; answer: unknown };
  const file = join(folder, 'program', 'main.js');
  expect(answer).toEqual({ sum: 2, file, own: file, self: true });
  return counts;
}
const recorded = (): string[] => readdirSync(join(folder, 'code')).sort();

describe('compiled code', () => {
  it('is used by the next start after it was recorded, not before', () => {
    expect(start()).toEqual({ taken: 0, refused: 0 });
    start({ record: true });
    expect(recorded()).toEqual(['main.js.code', 'part.js.code']);
    expect(start()).toEqual({ taken: 2, refused: 0 });
  });

  it('made under other flags is rejected, and the program compiled', () => {
    start({ record: true });
    expect(start({ flags: ['--max-old-space-size=300'] })).toEqual({ taken: 0, refused: 2 });
  });

  it('that is cut off or invalid is rejected too', () => {
    start({ record: true });
    const [main = '', part = ''] = recorded().map((name) => join(folder, 'code', name));
    truncateSync(main, readFileSync(main).length / 2);
    writeFileSync(part, 'nothing V8 wrote');
    expect(start()).toEqual({ taken: 0, refused: 2 });
  });
});
