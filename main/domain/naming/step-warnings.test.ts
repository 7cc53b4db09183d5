import { describe, expect, it } from 'vitest';
import { parseCron } from '../cron/parse-cron.ts';
import { stepWarnings, typedStepWarnings } from './step-warnings.ts';

const warningsOf = (text: string): string => {
  const { sets } = parseCron(text);
  return [...stepWarnings(sets), ...typedStepWarnings(text, sets)].join('\n');
};

describe('a step that is not an even interval', () => {
  it.each([
    ['*/45 * * * *', 'not every 45 minutes'],
    ['*/59 * * * *', 'only 1 minute.'],
    ['0 */23 * * *', 'only 1 hour.'],
    ['0 0 */14 * *', 'start again at 1 each month'],
    ['0 0 */15 * *', 'start again at 1 each month'],
    ['0 0 */30 * *', 'start again at 1 each month'],
    ['0 0 */2 * *', 'start again at 1 each month'],
    ['0 9 * * */2', 'not every other day'],
    ['0 8 * * 1/2', '"1/2" counts days, not weeks: it runs on Monday, Wednesday and Friday of every week.'],
    ['0 9 1 */5 *', 'not every 5 months'],
    ['5/40 * * * *', '"5/40" starts again each hour: it runs at :05 and :45.'],
    ['0 3/5 * * *', '"3/5" starts again each day: it runs in the hours 3, 8, 13, 18 and 23.'],
  ])('%s is warned of', (text, warning) => {
    expect(warningsOf(text)).toContain(warning);
  });

  it.each([
    '0 9 1,15 * *',
    '0 8 * * 1,3,5',
    '0 9 1 */3 *',
    '0 9 1 1,7 *',
    '*/20 * * * *',
    '5/20 * * * *',
    '5,45 * * * *',
    '0 1/8 * * *',
    '0 9 10-20/5 * *',
  ])('%s is what it looks like', (text) => {
    expect(warningsOf(text)).toBe('');
  });
});
