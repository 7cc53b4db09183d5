import type { TimeStyle } from '../../contract/time-style.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The habits of the locale `C`, which servers and containers have: ISO 8601. */
const neutral: TimeStyle = { clock: '24h', weekStart: 'monday' };

/** Unicode's first days of the week, as in `supplemental/weekData.xml` of CLDR 46; every other region: Monday. */
const sundayRegions = new Set(
  (
    'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK ' +
    'PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW'
  ).split(' '),
);
const saturdayRegions = new Set('AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY'.split(' '));

/**
 * Returns the locale for times, as `man 7 locale` orders the variables: LC_ALL, LC_TIME, LANG. Null for `C` and
 * `POSIX`; undefined if no variable is set, as in an app that macOS or Windows started.
 */
function environmentLocale(env: Environment): string | null | undefined {
  const named = [env['LC_ALL'], env['LC_TIME'], env['LANG']].find((value) => value !== undefined && value !== '');
  if (named === undefined) return undefined;
  const tag = named.replace(/[.@].*$/, '').replaceAll('_', '-');
  return /^(C|POSIX)$/i.test(tag) || !/^[a-z]{2,3}(-|$)/i.test(tag) ? null : tag;
}

/** Returns a locale that the runtime knows, or null for a variable with a made-up value. */
function readLocale(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch (problem) {
    if (problem instanceof RangeError) return null;
    throw problem;
  }
}

function styleOf(tag: string): TimeStyle {
  const locale = readLocale(tag);
  if (locale === null) return neutral;
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  const region = locale.maximize().region ?? '';
  const weekStart = sundayRegions.has(region) ? 'sunday' : saturdayRegions.has(region) ? 'saturday' : 'monday';
  return { clock: hourCycle === 'h11' || hourCycle === 'h12' ? '12h' : '24h', weekStart };
}

/**
 * Returns how the system's locale writes times. A system without a locale in its environment is asked through ICU on
 * macOS and Windows, where apps have none, and counts as `C` elsewhere, as in the C library.
 */
export function systemTimeStyle(env: Environment, platform: string): TimeStyle {
  const named = environmentLocale(env);
  if (named === null) return neutral;
  if (named !== undefined) return styleOf(named);
  const asksSystem = platform === 'darwin' || platform === 'win32';
  return asksSystem ? styleOf(Intl.DateTimeFormat().resolvedOptions().locale) : neutral;
}
