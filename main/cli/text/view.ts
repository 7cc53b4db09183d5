import { styleText } from 'node:util';
import { clockTime, type ClockStyle } from '../../contract/time-style.ts';
import type { CliEnvironment } from '../environment.ts';
import { plain, plainLines } from '../../domain/escaped-text.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Never wrapped or cut, for times and for ids that people copy. */
  readonly whole?: boolean;
  /** Omitted if the terminal is too narrow for all columns; the lowest number first. */
  readonly spare?: number;
  readonly align?: 'left' | 'right';
}

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'gray' | 'bold';

const statusStyles: Readonly<Record<string, Style>> = {
  success: 'green',
  active: 'green',
  installed: 'green',
  fine: 'green',
  ok: 'green',
  claimed: 'green',
  running: 'cyan',
  due: 'cyan',
  paused: 'yellow',
  stopped: 'yellow',
  skipped: 'yellow',
  'no change': 'gray',
  warning: 'yellow',
  interrupted: 'yellow',
  doubtful: 'yellow',
  drifted: 'yellow',
  failure: 'red',
  timeout: 'red',
  cancelled: 'red',
  error: 'red',
  problem: 'red',
  missing: 'red',
  failed: 'red',
  overdue: 'red',
  unaccounted: 'red',
};

/** Formats results: tables, colours and local times on a terminal, plain columns and UTC in a pipe. */
export class TextView {
  readonly #terminal: boolean;
  readonly #colours: boolean;
  readonly #width: number;
  readonly #environment: Pick<CliEnvironment, 'timezone' | 'now'>;
  readonly #clock: ClockStyle;
  #localTime: Intl.DateTimeFormat | null = null;
  /** Sentences for standard error, so that a program that reads the output gets data only. */
  readonly remarks: string[] = [];

  constructor(
    environment: Pick<CliEnvironment, 'isTerminal' | 'columns' | 'env' | 'timezone' | 'now'>,
    clock: ClockStyle,
  ) {
    this.#clock = clock;
    const { env } = environment;
    this.#terminal = environment.isTerminal;
    this.#colours = wantsColours(env, this.#terminal);
    this.#width = environment.columns ?? 80;
    this.#environment = environment;
  }

  /** How times are written. */
  get clock(): ClockStyle {
    return this.#clock;
  }

  get nowMs(): number {
    return this.#environment.now();
  }

  /** Returns untrusted text as one safe line. */
  plain(text: string): string {
    return plain(text);
  }

  /** Returns untrusted text as safe lines, for `fields`. */
  lines(text: string): string {
    return plainLines(text);
  }

  style(style: Style, text: string): string {
    // styleText must not check process.stdout itself: the output may go to another stream.
    return this.#colours ? styleText(style, text, { validateStream: false }) : text;
  }

  status(word: string): string {
    const style = statusStyles[word];
    return style === undefined ? plain(word) : this.style(style, word);
  }

  /** Returns local time on a terminal (`2026-12-03 15:15:00`, or `2026-12-03 3:15:00 PM`), ISO 8601 in UTC in a pipe, and `-` for none. */
  instant(iso: string | null | undefined): string {
    if (iso === null || iso === undefined) return '-';
    if (!this.#terminal) return iso;
    this.#localTime ??= new Intl.DateTimeFormat('sv-SE', {
      timeZone: this.#environment.timezone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const [date = '', time = ''] = this.#localTime.format(new Date(iso)).split(' ');
    if (this.#clock === '24h') return `${date} ${time}`;
    const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
    return `${date} ${clockTime(hour, minute, this.#clock, second)}`;
  }

  /** Returns a time of day: `9:00`, or `9:00 AM`. @param minute minutes since midnight */
  minuteOfDay(minute: number): string {
    return clockTime(Math.floor(minute / 60), minute % 60, this.#clock);
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

  /** Returns a line for each label and value, with aligned values; further lines of a value are aligned as well. Omits empty values. */
  fields(rows: readonly (readonly [label: string, value: string | null | undefined])[]): string {
    const shown = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
    const width = Math.max(0, ...shown.map(([label]) => label.length));
    const indented = (value: string): string => value.trimEnd().replaceAll('\n', `\n${' '.repeat(width + 2)}`);
    return shown
      .map(([label, value]) => `${this.style('gray', label.padEnd(width))}  ${indented(value ?? '')}`)
      .join('\n');
  }

  /** Returns a table. Its cells must be safe already. Without rows it is `nothing` on a terminal; in a pipe it is empty, and `nothing` a remark. */
  async table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], nothing: string): Promise<string> {
    if (rows.length === 0 && this.#terminal) return nothing;
    if (rows.length === 0) {
      if (nothing !== '') this.remarks.push(nothing);
      return '';
    }
    const cells = rows.map((row) => columns.map((column) => column.cell(row)));
    const widthOf = await widthMeasure(cells);
    return this.#terminal ? this.#drawn(cells, columns, widthOf) : aligned(cells, columns, widthOf);
  }

  async #drawn<Row>(
    allCells: readonly (readonly string[])[],
    allColumns: readonly Column<Row>[],
    widthOf: WidthMeasure,
  ): Promise<string> {
    const { default: Table } = await import('cli-table3');
    const natural = allColumns.map(({ title }, index) =>
      allCells.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? '') + gap), title.length + gap),
    );
    const kept = keptColumns(natural, allColumns, this.#width);
    const columns = kept.flatMap((index) => allColumns[index] ?? []);
    const table = new Table({
      head: columns.map(({ title }) => this.style('bold', title)),
      colAligns: columns.map(({ align }) => align ?? 'left'),
      colWidths: fittedWidths(
        kept.map((index) => natural[index] ?? 0),
        columns,
        this.#width,
      ),
      wordWrap: true,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
      chars: noBorders,
    });
    table.push(...allCells.map((row) => kept.map((index) => row[index] ?? '')));
    return table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
  }
}

const gap = 2;
/** Narrowest width of a column whose text wraps, its gap included. */
const narrowest = 10;

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left']
    .concat(['left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((name) => [name, '']),
);

/** Returns the indices of the columns that fit, after omitting spare ones one by one. */
function keptColumns(natural: readonly number[], columns: readonly Column<never>[], room: number): number[] {
  const least = (index: number): number => {
    const width = natural[index] ?? 0;
    return columns[index]?.whole === true ? width : Math.min(width, narrowest);
  };
  let kept = columns.map((_, index) => index);
  const bySpare = kept
    .filter((index) => columns[index]?.spare !== undefined)
    .sort((left, right) => (columns[left]?.spare ?? 0) - (columns[right]?.spare ?? 0));
  for (const next of bySpare) {
    if (kept.reduce((sum, index) => sum + least(index), 0) <= room) break;
    kept = kept.filter((index) => index !== next);
  }
  return kept;
}

/** Returns column widths that fit. Narrows the widest column that may wrap until they do. */
function fittedWidths(natural: readonly number[], columns: readonly Column<never>[], room: number): number[] {
  const widths = [...natural];
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const [widest] = widths
      .map((width, index) => ({ width, index }))
      .filter(({ width, index }) => width > narrowest && columns[index]?.whole !== true)
      .sort((left, right) => right.width - left.width);
    if (widest === undefined) break;
    widths[widest.index] = widest.width - 1;
  }
  return widths;
}

/**
 * Follows https://no-color.org: any value but the empty one turns colours off. As in Node itself, `FORCE_COLOR` takes
 * precedence: `0` turns colours off, anything else turns them on, even in a pipe (https://force-color.org).
 */
function wantsColours(env: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none = '', TERM: kind } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return terminal && none === '' && kind !== 'dumb';
}

/** Returns the number of columns that a text takes on a terminal. */
type WidthMeasure = (text: string) => number;

// oxlint-disable-next-line no-control-regex -- our own colours take no columns
const colours = /\u001b\[[0-9;]*m/g;
const ascii = /^[\u0020-\u007e]*$/;

/** Chinese characters and emoji take two columns. The tables of widths are loaded only if the cells need them. */
async function widthMeasure(cells: readonly (readonly string[])[]): Promise<WidthMeasure> {
  const bare = (text: string): string => text.replace(colours, '');
  if (cells.every((row) => row.every((cell) => ascii.test(bare(cell))))) return (text) => bare(text).length;
  const { default: stringWidth } = await import('string-width');
  return (text) => stringWidth(text);
}

function aligned<Row>(
  cells: readonly (readonly string[])[],
  columns: readonly Column<Row>[],
  widthOf: WidthMeasure,
): string {
  const all = [columns.map(({ title }) => title), ...cells];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => widthOf(row[index] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const gap = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)));
        return columns[index]?.align === 'right' ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}
