/** One table of the report, for Markdown. */
export interface Table {
  readonly title: string;
  /** What was measured and how, in a sentence or two. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const ms = (value: number): string => (value < 100 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);
export const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

/** Returns a ratio with its target, and in words whether the target is met: a Markdown file has no colours. */
export function ratio(ours: number, raw: number, target?: number): string {
  const value = ours / raw;
  const text = `${value.toFixed(2)} ×`;
  if (target === undefined) return text;
  return `${text} (target ≤ ${target} ×: ${value <= target ? 'met' : 'missed'})`;
}

/** Returns Markdown with aligned columns, which is also readable in a terminal. */
export function render(table: Table): string {
  const widths = table.columns.map((column, index) =>
    Math.max(column.length, ...table.rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, index) => (cells[index] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`## ${table.title}`, '', table.note, '', line(table.columns), rule, ...table.rows.map(line), ''].join('\n');
}
