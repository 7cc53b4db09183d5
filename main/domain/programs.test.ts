import { expect, it } from 'vitest';
import { programsOf } from './programs.ts';

it.each([
  ['restic backup ~', ['restic']],
  ['cd ~/site && npm run build', ['npm']],
  ['A=1 B="x" node app.js | tee log; gzip log', ['node', 'tee', 'gzip']],
  ['if test -e x; then rsync a b; else exit 1; fi', ['rsync']],
  ['for f in *.md; do pandoc "$f"; done', ['pandoc']],
  ['(cd /tmp; ./run.sh) & exec /usr/bin/python3 -m http.server', ['./run.sh', '/usr/bin/python3']],
  ['echo hello', []],
  ['"$HOME/x" y', []],
])('%s starts %j', (command, programs) => {
  expect(programsOf({ tool: 'shell:run', parameters: { command } })).toEqual(programs);
});

it('a program without a shell is its first argument, and other tools start none', () => {
  expect(programsOf({ tool: 'shell:run', parameters: { args: ['my tool', 'x'] } })).toEqual(['my tool']);
  expect(programsOf({ tool: 'http:request', parameters: { command: 'x' } })).toEqual([]);
});
