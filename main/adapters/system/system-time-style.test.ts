import { expect, it } from 'vitest';
import { systemTimeStyle } from './system-time-style.ts';

it.each([
  [{ LANG: 'en_US.UTF-8' }, '12h', 'sunday'],
  [{ LANG: 'en_GB.UTF-8' }, '24h', 'monday'],
  [{ LANG: 'de_DE.UTF-8@euro' }, '24h', 'monday'],
  [{ LANG: 'en_AU' }, '12h', 'monday'],
  [{ LANG: 'ar_EG.UTF-8' }, '12h', 'saturday'],
  [{ LANG: 'ja_JP.UTF-8' }, '24h', 'sunday'],
  [{ LANG: 'en_US.UTF-8', LC_TIME: 'sv_SE.UTF-8' }, '24h', 'monday'],
  [{ LANG: 'de_DE', LC_TIME: 'de_DE', LC_ALL: 'en_US' }, '12h', 'sunday'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, '12h', 'sunday'],
  [{ LANG: 'C.UTF-8' }, '24h', 'monday'],
  [{ LANG: 'POSIX' }, '24h', 'monday'],
  [{ LANG: 'no such locale' }, '24h', 'monday'],
  [{}, '24h', 'monday'],
])('the style of %j is %s, weeks from %s', (env, clock, weekStart) => {
  expect(systemTimeStyle(env, 'linux')).toEqual({ clock, weekStart });
});

it('asks the runtime on macOS and Windows, whose apps have no locale in their environment', () => {
  const runtime = systemTimeStyle({ LANG: Intl.DateTimeFormat().resolvedOptions().locale }, 'linux');
  expect(systemTimeStyle({}, 'darwin')).toEqual(runtime);
  expect(systemTimeStyle({}, 'win32')).toEqual(runtime);
});
