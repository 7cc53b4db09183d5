import { expect, test } from 'vitest';
import { failureCause } from './failure-cause.ts';

const outputs: Record<string, [output: string, cause: string | null]> = {
  'one line': [
    "ls: cannot access '/mnt/nas/notes': No such file or directory\n",
    "ls: cannot access '/mnt/nas/notes': No such file or directory",
  ],
  'a traceback of Python': [
    'Traceback (most recent call last):\n  File "x.py", line 1, in <module>\n    int("a")\nValueError: bad number\n',
    'ValueError: bad number',
  ],
  'an error of Node': [
    'file:///x.mjs:1\nthrow new TypeError("boom");\n      ^\n\nTypeError: boom\n    at file:///x.mjs:1:7\n    at Error.run (x:1)\n\nNode.js v20.20.2\n',
    'TypeError: boom',
  ],
  'a panic of Rust': [
    "thread 'main' panicked at src/main.rs:2:5: no disk\nnote: run with `RUST_BACKTRACE=1`\n",
    "thread 'main' panicked at src/main.rs:2:5: no disk",
  ],
  'an exception of Java': [
    'Exception in thread "main" java.io.IOException: no disk\n\tat A.main(A.java:3)\n\t... 3 more\n',
    'Exception in thread "main" java.io.IOException: no disk',
  ],
  npm: [
    'npm error code E404\nnpm error 404 Not Found - GET https://r.example/x\nnpm error A complete log of this run can be found in: /x\n',
    'npm error 404 Not Found - GET https://r.example/x',
  ],
  make: ['cc: error: x.c: No such file\nmake: *** [Makefile:2: all] Error 1\n', 'cc: error: x.c: No such file'],
  'progress before the error': ['10%\n20%\nrsync error: connection refused\n', 'rsync error: connection refused'],
  'no word of an error': ['starting\nno space left\n', 'no space left'],
  'no letters': ['\n---\n ^\n', null],
  nothing: ['', null],
};

test.each(Object.entries(outputs))('%s', (_, [output, cause]) => {
  expect(failureCause(output.split('\n'))).toBe(cause);
});

test('stdout counts if stderr says nothing, and then only a line that sounds like an error', () => {
  expect(failureCause([], ['ERROR: no disk', 'bye'])).toBe('ERROR: no disk');
  expect(failureCause([], ['all', 'bye'])).toBeNull();
  expect(failureCause(['hm'], ['ERROR: no disk'])).toBe('hm');
});
