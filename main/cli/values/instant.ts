import { invalid, single } from '../option.ts';
import type { Option } from '../option.ts';
import { parseInstant } from '../../domain/words/read-instant.ts';
import type { Direction } from '../../domain/words/read-instant.ts';

/** An option whose value is an instant: ISO 8601, a phrase (`tomorrow 9am`), or a length of time from now. */
export function instant(describe: string, direction: Direction): Option<string | undefined> {
  return single(describe, 'INSTANT', async (raw, name, context) => {
    const ms = await parseInstant(raw, direction, context);
    if (ms === null) {
      const example = direction === 'past' ? 'yesterday, 2h' : 'tomorrow 9am, 2h';
      throw invalid(
        name,
        raw,
        `an instant: 2026-12-03T14:15:00.000Z, or words such as ${example}, in the years 1 to 9999`,
      );
    }
    return new Date(ms).toISOString();
  });
}
