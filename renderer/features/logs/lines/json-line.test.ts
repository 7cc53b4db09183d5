import { expect, test } from 'vitest';
import { jsonHtml, jsonOf } from './json-line.ts';

test.each(['{"level":"info","n":1}', '  [1, 2, 3]  '])('%j is JSON', (text) =>
  expect(jsonOf(text)).toEqual(JSON.parse(text)),
);

test.each([
  '[INFO] started',
  '{not json at all}',
  'x {"a": 1}',
  '{}',
  '"a string alone"',
  '12345678',
  `["${'x'.repeat(70_000)}"]`,
])('a line such as %.30j stays as it is', (text) => expect(jsonOf(text)).toBeNull());

test('keys, strings, numbers and words have their colours', () => {
  expect(jsonHtml('{"a": "x", "b": -1.5, "c": true}')).toBe(
    '{<span class="json-key">&quot;a&quot;</span>: <span class="json-string">&quot;x&quot;</span>, ' +
      '<span class="json-key">&quot;b&quot;</span>: <span class="json-number">-1.5</span>, ' +
      '<span class="json-key">&quot;c&quot;</span>: <span class="json-word">true</span>}',
  );
});

test('HTML is escaped, and links stay links', () => {
  expect(jsonHtml('{"u<": "<b> https://e.org"}')).toBe(
    '{<span class="json-key">&quot;u&lt;&quot;</span>: <span class="json-string">&quot;&lt;b&gt; ' +
      '<a role="link" tabindex="0" data-address="https://e.org">https://e.org</a>&quot;</span>}',
  );
});
