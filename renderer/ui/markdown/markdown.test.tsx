import { lexer } from 'marked';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { canOpen } from './can-open.ts';
import { nodesOf } from './markdown-nodes.tsx';

const shown = (source: string): string =>
  renderToStaticMarkup(
    <>
      {nodesOf(lexer(source), (address, children) => (
        <u title={address}>{children}</u>
      ))}
    </>,
  );

describe('a note in Markdown', () => {
  test.each([
    ['**Call** _Ada_ or `ssh nas`', '<p><strong>Call</strong> <em>Ada</em> or <code>ssh nas</code></p>'],
    ['# Restore\n## First', '<h3>Restore</h3><h4>First</h4>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['2. two\n3. three', '<ol start="2"><li>two</li><li>three</li></ol>'],
    ['- [x] done', '<ul><li><span aria-hidden="true">☑ </span>done</li></ul>'],
    ['```\na < b\n```', '<pre><code>a &lt; b</code></pre>'],
    ['> careful', '<blockquote><p>careful</p></blockquote>'],
    ['plain & simple', '<p>plain &amp; simple</p>'],
  ])('%j is shown as %s', (source, expected) => {
    expect(shown(source)).toBe(expected);
  });

  test('shows HTML as the text that it is', () => {
    const html = shown('<script>alert(1)</script>\n\nA <img src=x onerror=alert(1)> B');
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('shows links and pictures as links that ask, and loads nothing', () => {
    expect(shown('[wiki](https://example.org/a) ![photo](https://example.org/b.png)')).toBe(
      '<p><u title="https://example.org/a">wiki</u> <u title="https://example.org/b.png">photo</u></p>',
    );
  });
});

test.each([
  ['https://example.org', true],
  ['mailto:ada@example.org', true],
  ['http://example.org', false],
  ['javascript:alert(1)', false],
  ['file:///etc/passwd', false],
  ['docs/readme.md', false],
])('a link to %s can be opened: %s', (address, expected) => {
  expect(canOpen(address)).toBe(expected);
});
