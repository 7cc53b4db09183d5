/** A schedule of another program, as five fields that mean the same here. */
export interface Translated {
  readonly expression: string;
  /** How it was read, as a sentence. */
  readonly note: string;
}

/** Why an expression with more than five fields cannot be taken, as a sentence. */
export interface NotTranslated {
  readonly problem: string;
}

const isYear = (field: string): boolean => /^(?:\*|\d{4}(?:[-,/]\d+)*)$/.test(field);

const ZERO = /^0{1,2}$/;

/**
 * Shifts the numbers of a weekday field that counts from 1 = Sunday, as Quartz and AWS do, to 0 = Sunday. A lone `L` is
 * their 7, Saturday.
 * http://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html
 */
function fromSundayOne(field: string): string {
  return field
    .split(',')
    .map((item) => {
      if (item === 'l') return '6';
      // The number after a slash is a step and the one after # a count, not a weekday.
      return item.replace(/(?<![#/\d])\d+/g, (digits) => String(Number(digits) - 1));
    })
    .join(',');
}

const quoted = (fields: readonly string[]): string => `"${fields.join(' ').slice(0, 80)}"`;

/** minute, hour, day, month, weekday and year: AWS EventBridge. One of its day fields is always `?`. */
function fromAws(fields: readonly string[]): Translated | NotTranslated {
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  const expression = [minute, hour, day, month, fromSundayOne(weekday)].join(' ');
  return withYear(year, expression, 'Read as six fields of AWS EventBridge, which counts weekdays from 1 for Sunday.');
}

/** second, minute, hour, day, month, weekday and perhaps year: Quartz. One of its day fields is always `?`. */
function fromQuartz(fields: readonly string[]): Translated | NotTranslated {
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = '', year = '*'] = fields;
  const expression = [minute, hour, day, month, fromSundayOne(weekday)].join(' ');
  if (!ZERO.test(second)) return secondsProblem(fields, expression);
  return withYear(year, expression, 'Read as Quartz, which counts weekdays from 1 for Sunday.');
}

/** second, minute, hour, day, month and weekday from 0 for Sunday: Spring, NestJS, Azure Functions. */
function fromSeconds(fields: readonly string[]): Translated | NotTranslated {
  const [second = '', ...rest] = fields;
  const expression = rest.slice(0, 5).join(' ');
  if (!ZERO.test(second)) return secondsProblem(fields, expression);
  return withYear(rest[5] ?? '*', expression, 'The first of these fields was read as seconds.');
}

function withYear(year: string, expression: string, note: string): Translated | NotTranslated {
  if (year === '*') return { expression, note };
  return {
    problem: `A schedule has no year ("${year}"). Set an end date for a task that ends, or write the date of a single run. Without the year it is "${expression}".`,
  };
}

function secondsProblem(fields: readonly string[], expression: string): NotTranslated {
  return {
    problem: `${quoted(fields)} begins with seconds ("${fields[0] ?? ''}"). Schedules run on full minutes: write "${expression}".`,
  };
}

/** What follows five fields but is not one: a zone, a command, a comment. */
function trailing(fields: readonly string[]): NotTranslated | null {
  const [expression, rest] = [fields.slice(0, 5).join(' '), fields.slice(5).join(' ')];
  const first = fields[5] ?? '';
  const isName = /^(?:mon|tue|wed|thu|fri|sat|sun)/.test(first);
  if (/^[a-z]{2,5}$/.test(first) && fields.length === 6 && !isName) {
    return {
      problem: `"${rest}" after the five fields is not one time zone. Write "${expression}" and choose a zone such as Europe/London or America/New_York.`,
    };
  }
  if (/[a-z]/.test(first) && /[/.~$]|^[a-z][\w-]+$/.test(first) && !isName) {
    return {
      problem: `"${rest}" after the five fields is a command. Write "${expression}" and put the command in its own field.`,
    };
  }
  return null;
}

/**
 * Reads an expression with six or seven fields by its shape. Lower case.
 *
 * `?` tells the dialects apart: in Quartz it is the fourth or sixth field, in AWS the third or fifth.
 */
export function readDialect(fields: readonly string[]): Translated | NotTranslated {
  const after = trailing(fields);
  if (after !== null) return after;
  if (fields.length === 6 && (fields[2] === '?' || fields[4] === '?')) return fromAws(fields);
  if (fields.length <= 7 && (fields[3] === '?' || fields[5] === '?')) return fromQuartz(fields);
  const last = fields[5] ?? '';
  if (fields.length === 6 && /^\d{4}/.test(last) && isYear(last)) {
    return withYear(last, fields.slice(0, 5).join(' '), '');
  }
  return fromSeconds(fields);
}
