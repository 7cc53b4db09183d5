const HIGHLIGHT = 'log-search';

/**
 * Marks every occurrence of a text in an element with the CSS Custom Highlight API, which leaves the coloured spans
 * unchanged. Returns the function that removes the marks.
 */
export function markMatches(element: Element, wanted: string): () => void {
  const highlight = CSS.highlights.get(HIGHLIGHT) ?? new Highlight();
  CSS.highlights.set(HIGHLIGHT, highlight);
  const ranges = findRanges(element, wanted.toLowerCase());
  for (const range of ranges) highlight.add(range);
  return () => {
    for (const range of ranges) highlight.delete(range);
  };
}

function findRanges(element: Element, wanted: string): Range[] {
  const ranges: Range[] = [];
  const pieces = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: { node: Node; from: number; to: number }[] = [];
  let length = 0;
  for (let node = pieces.nextNode(); node; node = pieces.nextNode()) {
    const size = node.textContent?.length ?? 0;
    nodes.push({ node, from: length, to: length + size });
    length += size;
  }
  const whole = (element.textContent ?? '').toLowerCase();
  const place = (offset: number, isEnd: boolean) =>
    nodes.find(({ from, to }) => (isEnd ? offset > from && offset <= to : offset >= from && offset < to));
  for (let at = whole.indexOf(wanted); at !== -1; at = whole.indexOf(wanted, at + wanted.length)) {
    const first = place(at, false);
    const last = place(at + wanted.length, true);
    if (!first || !last) continue;
    const range = new Range();
    range.setStart(first.node, at - first.from);
    range.setEnd(last.node, at + wanted.length - last.from);
    ranges.push(range);
  }
  return ranges;
}
