import { z } from 'zod';
import { SchedulerError } from '../../domain/errors.ts';

/** A bigint, which the driver returns as text. */
export const bigint = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
  .pipe(z.int());

/** A timestamptz, as an ISO instant. The driver returns `infinity` as a number, and a year that is too large as no date. */
export const instant = z.date().transform((date) => date.toISOString());

/** A table, and the columns whose values name one of its rows. */
interface NamedRows {
  readonly table: string;
  readonly key: readonly string[];
}

/**
 * Returns rows of a fleet's database in the form that the program relies on. Anyone who owns the database can change its columns, and
 * each member can write values that mean nothing here.
 * @throws SchedulerError `fleet/damaged` with the table, the row and the column
 */
export const checkedRows = <Row>(schema: z.ZodType<Row>, rows: readonly unknown[], named: NamedRows): Row[] =>
  rows.map((row) => checkedRow(schema, row, named));

/** Returns one row as `checkedRows` does. */
export function checkedRow<Row>(schema: z.ZodType<Row>, row: unknown, { table, key }: NamedRows): Row {
  const { data, error } = schema.safeParse(row);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const column = issue?.path[0]?.toString() ?? '';
  const values = new Map(Object.entries(row ?? {}));
  const name = key
    .map((part) => `${part} ${JSON.stringify(values.get(part)) ?? 'null'}`.slice(0, longestValue))
    .join(', ');
  throw new SchedulerError(
    'fleet/damaged',
    `The fleet's database has a damaged row in ${table}${name === '' ? '' : ` (${name})`}. ${column}: ${issue?.message ?? ''}. Correct or delete this row.`,
    { table, column, row: name },
    error,
  );
}

/** So that a value of megabytes does not fill a message, in characters. */
const longestValue = 100;
