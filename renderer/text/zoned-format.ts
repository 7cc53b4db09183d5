/** How long a format is kept, in ms: the time zone of the system can change while the window is open. */
const KEPT_MS = 60_000;

const known = new Map<string, Intl.DateTimeFormat>();
let keptFrom = 0;
let offset = 0;

/**
 * Returns a format of the reader's locale. Making one takes a hundred times as long as using it, and each row of a list that is
 * scrolled needs several.
 * @param timeZone IANA zone. @default the system's
 */
export function zoned(options: Intl.DateTimeFormatOptions, timeZone?: string): Intl.DateTimeFormat {
  forgetOld();
  const key = JSON.stringify([options, timeZone]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = new Intl.DateTimeFormat(undefined, timeZone === undefined ? options : { ...options, timeZone });
  known.set(key, made);
  return made;
}

function forgetOld(): void {
  const now = new Date();
  const isOld = Math.abs(now.getTime() - keptFrom) > KEPT_MS || now.getTimezoneOffset() !== offset;
  if (!isOld) return;
  known.clear();
  keptFrom = now.getTime();
  offset = now.getTimezoneOffset();
}
