/**
 * Returns the id that ncp 2 gives to the group of a cron expression, including its bug: it reads numbers up to the
 * first other character, so that `0 9 * * *` and `0 9,17 * * *` both become `daily-9am`. Tells which of two expressions
 * ncp meant when a task and its group disagree. Null for anything but a 5-field expression.
 */
export function ncpTimingId(cronExpression: string): string | null {
  const fields = cronExpression.trim().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (fields.length !== 5) return null;
  const everyDay = day === '*' && month === '*' && weekday === '*';
  if (everyDay && hour === '*' && minute.startsWith('*/')) return `every-${minute.slice(2)}min`;
  if (everyDay && minute === '0' && hour.startsWith('*/')) return `every-${hour.slice(2)}hr`;
  const time = timeId(Number.parseInt(hour, 10), Number.parseInt(minute, 10));
  if (day === '*' && month === '*' && weekday !== '*' && !/[,-]/.test(weekday)) {
    return `weekly-${dayId(Number.parseInt(weekday, 10))}-${time}`;
  }
  if (day === '*' && month === '*' && weekday === '1-5') return `weekdays-${time}`;
  if (day !== '*' && month === '*' && weekday === '*') return `monthly-${ordinal(Number.parseInt(day, 10))}-${time}`;
  if (everyDay) return `daily-${time}`;
  return `custom-${shortHash(fields.join(' '))}`;
}

function timeId(hour: number, minute: number): string {
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'noon';
  const half = hour >= 12 ? 'pm' : 'am';
  const hour12 = Number.isNaN(hour) || hour % 12 === 0 ? 12 : hour % 12;
  return minute === 0 ? `${hour12}${half}` : `${hour12}-${String(minute).padStart(2, '0')}${half}`;
}

function dayId(day: number): string {
  return ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][day] ?? `day${day}`;
}

function ordinal(day: number): string {
  const suffix = day >= 11 && day <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
}

/** 31-based rolling hash in 32 bits, in base 36. */
function shortHash(text: string): string {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return Math.abs(hash).toString(36).slice(0, 6);
}
