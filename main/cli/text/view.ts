import { styleText } from 'node:util';
import type { CliEnvironment } from '../environment.ts';
import { plain } from './escape.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Never wrapped or cut: an id that is there to be copied. */
  readonly whole?: boolean;
  readonly align?: 'left' | 'right';
}

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'gray' | 'bold';

const statusStyles: Readonly<Record<string, Style>> = {
  success: 'green',
  active: 'green',
  installed: 'green',
  ok: 'green',
  claimed: 'green',
  running: 'cyan',
  due: 'cyan',
  paused: 'yellow',
  skipped: 'yellow',
  warning: 'yellow',
  interrupted: 'yellow',
  drifted: 'yellow',
  failure: 'red',
  timeout: 'red',
  cancelled: 'red',
  error: 'red',
  problem: 'red',
  missing: 'red',
  failed: 'red',
  unaccounted: 'red',
};

/** How results become text: tables, colours and local times on a terminal; plain columns and UTC in a pipe. */
export class TextView {
  readonly #terminal: boolean;
  readonly #colours: boolean;
  readonly #width: number;
  readonly #timezone: string;

  constructor(environment: Pick<CliEnvironment, 'isTerminal' | 'columns' | 'env' | 'timezone'>) {
    const { env } = environment;
    this.#terminal = environment.isTerminal;
    // https://no-color.org: any value but the empty one turns colours off.
    this.#colours = this.#terminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
    this.#width = environment.columns ?? 80;
    this.#timezone = environment.timezone;
  }

  /** Untrusted text on one line. */
  plain(text: string): string {
    return plain(text);
  }

  style(style: Style, text: string): string {
    // The decision was made above: styleText's own look at process.stdout would be about another stream.
    return this.#colours ? styleText(style, text, { validateStream: false }) : text;
  }

  status(word: string): string {
    const style = statusStyles[word];
    return style === undefined ? plain(word) : this.style(style, word);
  }

  /** The machine's local time on a terminal (`2026-12-03 15:15:00`), ISO 8601 in UTC in a pipe; `-` for none. */
  instant(iso: string | null | undefined): string {
    if (iso === null || iso === undefined) return '-';
    if (!this.#terminal) return iso;
    const local = new Intl.DateTimeFormat('sv-SE', {
      timeZone: this.#timezone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    return local.format(new Date(iso));
  }

  /** `1h 2m 3s`, `850 ms`; `-` for none. */
  duration(ms: number | null | undefined): string {
    if (ms === null || ms === undefined) return '-';
    if (ms < 1000) return `${Math.round(ms)} ms`;
    if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    const parts = [
      [Math.floor(seconds / 86_400), 'd'],
      [Math.floor(seconds / 3600) % 24, 'h'],
      [Math.floor(seconds / 60) % 60, 'm'],
      [seconds % 60, 's'],
    ] as const;
    return parts
      .filter(([amount]) => amount > 0)
      .map(([amount, unit]) => `${amount}${unit}`)
      .join(' ');
  }

  /** `label: value` lines with the values under each other. Empty values are left out. */
  fields(rows: readonly (readonly [label: string, value: string | null | undefined])[]): string {
    const shown = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
    const width = Math.max(0, ...shown.map(([label]) => label.length));
    return shown.map(([label, value]) => `${this.style('gray', label.padEnd(width))}  ${value}`).join('\n');
  }

  /** A table of cells that are already safe. An empty one is `nothing`. */
  async table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], nothing: string): Promise<string> {
    if (rows.length === 0) return this.#terminal ? nothing : '';
    const cells = rows.map((row) => columns.map((column) => column.cell(row)));
    return this.#terminal ? this.#drawn(cells, columns) : aligned(cells, columns);
  }

  async #drawn<Row>(cells: string[][], columns: readonly Column<Row>[]): Promise<string> {
    const { default: Table } = await import('cli-table3');
    const table = new Table({
      head: columns.map(({ title }) => this.style('bold', title)),
      colAligns: columns.map(({ align }) => align ?? 'left'),
      colWidths: this.#widths(cells, columns),
      wordWrap: true,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
      chars: noBorders,
    });
    table.push(...cells);
    return table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
  }

  /** Natural widths, the widest of the columns that may wrap cut down until the table fits the terminal. */
  #widths<Row>(cells: readonly (readonly string[])[], columns: readonly Column<Row>[]): number[] {
    const gap = 2;
    const widths = columns.map(
      ({ title }, index) => Math.max(title.length, ...cells.map((row) => shownLength(row[index] ?? ''))) + gap,
    );
    while (widths.reduce((sum, width) => sum + width, 0) > this.#width) {
      const widest = widths.indexOf(Math.max(...widths.filter((_, index) => columns[index]?.whole !== true)));
      const width = widths[widest] ?? 0;
      if (width <= narrowest) break;
      widths[widest] = width - 1;
    }
    return widths;
  }
}

const narrowest = 8;

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left']
    .concat(['left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((name) => [name, '']),
);

// eslint-disable-next-line no-control-regex -- our own colours do not count
const colours = /\u001b\[[0-9;]*m/g;

function shownLength(text: string): number {
  return text.replace(colours, '').length;
}

function aligned<Row>(cells: readonly (readonly string[])[], columns: readonly Column<Row>[]): string {
  const all = [columns.map(({ title }) => title), ...cells];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}
