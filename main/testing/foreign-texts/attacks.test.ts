import { describe, expect, it } from 'vitest';
import { attempt } from './attempt.ts';

/** Ten entities, each ten times the one before: read out, the last has 20 GB. */
const bomb = [...Array(9).keys()].map((n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`);
const laughs = `<!ENTITY a0 "${'ha'.repeat(10)}">${bomb.join('')}`;
const fileOf = '<!ENTITY a9 SYSTEM "file:///etc/passwd">';
const windowsTask = (entities: string): string =>
  `<?xml version="1.0"?><!DOCTYPE Task [${entities}]><Task><Triggers><CalendarTrigger><StartBoundary>2026-01-01T09:00:00` +
  '</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>' +
  '<Actions><Exec><Command>&a9;</Command></Exec></Actions></Task>';
const plist = (entities: string): string =>
  `<?xml version="1.0"?><!DOCTYPE plist [${entities}]><plist version="1.0"><dict><key>Label</key><string>&a9;</string>` +
  '<key>Program</key><string>/bin/true</string><key>StartInterval</key><integer>60</integer></dict></plist>';
const prototypes =
  '{"format":"ncp-scheduler-export","version":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},' +
  '"schedule":{"version":"2.0.0","tasks":{"__proto__":{"id":"__proto__","polluted":true}},"timings":{"../../x":{"id":"../../x"}}}}';
const events = (lines: string): string =>
  `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

const hello =
  '{"jsonrpc":"2.0","id":"$id","result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}}';
const answerWith = (levels: number): string =>
  `{"jsonrpc":"2.0","id":"$id","result":{"content":[],"structuredContent":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}}`;
const daily = 'DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=DAILY;COUNT=3';

describe('a text that is made to take all time or memory', () => {
  it.each<[reader: string, what: string, text: string]>([
    ['windows', 'entities that multiply', windowsTask(laughs)],
    ['windows', 'an entity that is a file', windowsTask(fileOf)],
    ['windows', '20,000 levels', `<Task>${'<a>'.repeat(20_000)}`],
    ['launchd', 'entities that multiply', plist(laughs)],
    ['launchd', 'an entity that is a file', plist(fileOf)],
    ['launchd', '10,000 levels', `<plist>${'<dict><key>a</key>'.repeat(10_000)}`],
    ['import', '50,000 levels', '['.repeat(50_000)],
    ['import', 'keys of every object', prototypes],
    ['import', '8,000 lines', '0 9 * * * true\n'.repeat(8000)],
    ['crontab', 'one line of 60,000 line ends', `* * * * * echo ${'%'.repeat(60_000)}`],
    ['systemd', '20,000 continued lines', `[Service]\nExecStart=/bin/true${' \\\n a'.repeat(20_000)}`],
    ['cron', 'a list of 8,000 ranges', `${'0-59,'.repeat(8000)}0 * * * *`],
    ['cron', '9,000 steps', `${'*/1'.repeat(9000)} * * * *`],
    ['phrase', '8,000 times "every"', `${'every '.repeat(8000)}day`],
    ['phrase', '3,000 days', `every monday${' and tuesday'.repeat(3000)} at 9am`],
    ['phrase', 'a number of 20,000 digits', `at ${'9'.repeat(20_000)}am`],
    ['phrase', 'a word of 40,000 letters', 'a'.repeat(40_000)],
    ['phrase', '40,000 spaces', `every${' '.repeat(40_000)}day`],
    ['phrase', 'marks that reorder and combine', `every day at 9am${'\u202E\u0301\u200B'.repeat(5000)}`],
    ['phrase', '20,000 commas', `${','.repeat(20_000)} at 9am`],
    ['curl', '8,000 quotes', `curl ${"'\\''".repeat(8000)} https://example.com`],
    ['rrule', 'a list of 8,000 minutes', `RRULE:FREQ=MINUTELY;BYMINUTE=${'59,'.repeat(8000)}0`],
    ['calendar', '15,000 folded lines', events(`SUMMARY:${'a\r\n '.repeat(15_000)}`)],
    ['calendar', 'two thousand years of days', events('DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=DAILY')],
    ['calendar', 'an exception that is no date', events(`${daily}\r\nEXDATE:\u001B]0;gone\u0007`)],
    ['calendar', 'an invalid length', events(`${daily}\r\nDURATION:\u001B[2J`)],
    [
      'calendar',
      'an older version of an event',
      events(`${daily}\r\nSEQUENCE:2`).repeat(2).replace('SEQUENCE:2', 'SEQUENCE:3'),
    ],
    ['log', '60,000 brackets', '['.repeat(60_000)],
    ['pasted', '30,000 levels', '{"a":'.repeat(30_000)],
    ['frames', '20,000 levels', `${'['.repeat(20_000)}\n`],
    ['mcp-answers', 'structured content of 30,000 levels', `${hello}\n${answerWith(30_000)}`],
    ['mcp-answers', 'structured content of 2,000 levels', `${hello}\n${answerWith(2000)}`],
    ['mcp-answers', '30,000 levels', `{"jsonrpc":"2.0","id":"$id","result":${'['.repeat(30_000)}`],
  ])('%s with %s is read, or refused with a reason', async (reader, _what, text) => {
    expect(await attempt(reader, text)).toBeNull();
  });

  it('gives no object a field of its own', async () => {
    await attempt('import', prototypes);
    expect({}).not.toHaveProperty('polluted');
  });
});
