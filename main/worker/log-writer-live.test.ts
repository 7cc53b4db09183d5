import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDir } from '../testing/temporary-dir.ts';
import { LogWriter } from './log-writer.ts';

it('a progress bar is reported while it moves, and removed with the end of its line or of the log', async () => {
  const lines: string[] = [];
  const log = new LogWriter({
    ...{ path: join(temporaryDir(), 'e1.log'), limitBytes: 1e6, now: Date.now },
    ...{ onGrown: () => undefined, onLive: (line: string) => lines.push(line.slice(25)) },
  });
  log.write('out', Buffer.from('starting\n10%\r20%\r'));
  await expect.poll(() => lines).toEqual(['out 20%']);
  log.write('out', Buffer.from('done\n'));
  expect(lines).toEqual(['out 20%', '']);
  log.write('err', Buffer.from('Password: '));
  await expect.poll(() => lines.at(-1)).toBe('err Password: ');
  log.close();
  expect(lines.at(-1)).toBe('');
});
