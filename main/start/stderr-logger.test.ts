import { afterEach, expect, it, vi } from 'vitest';
import { stderrLogger } from './stderr-logger.ts';

afterEach(() => vi.restoreAllMocks());

it('writes a warning in words on one line, and nothing that controls the terminal', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const logger = stderrLogger();
  logger.info('All is well');
  logger.warn('Refused a definition of the fleet', { taskId: 't1', revision: 3, reason: 'tampered\u001b[2J' });
  logger.error('Could not stop cleanly');
  expect(written.mock.calls.map(([text]) => text)).toEqual([
    'warning: Refused a definition of the fleet (taskId: t1, revision: 3, reason: tampered\\u001b[2J)\n',
    'error: Could not stop cleanly\n',
  ]);
});
