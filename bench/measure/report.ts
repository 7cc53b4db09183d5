/** One table of the report, in the form of Markdown. */
export interface Table {
  readonly title: string;
  /** What was measured and how, in a sentence or two. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const ms = (value: number): string => (value < 100 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);
export const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

/** A ratio beside its target, with the verdict in words: colour alone is lost in a file. */
export function ratio(ours: number, raw: number, target?: number): string {
  const value = ours / raw;
  const text = `${value.toFixed(2)} ×`;
  if (target === undefined) return text;
  return `${text} (target ≤ ${target} ×: ${value <= target ? 'met' : 'missed'})`;
}

/** Markdown with aligned columns, readable in a terminal too. */
export function render(table: Table): string {
  const widths = table.columns.map((column, index) =>
    Math.max(column.length, ...table.rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, index) => (cells[index] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`## ${table.title}`, '', table.note, '', line(table.columns), rule, ...table.rows.map(line), ''].join('\n');
}
