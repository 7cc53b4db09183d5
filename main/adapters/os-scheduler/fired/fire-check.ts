/** How often an entry looks for the note of its group, and how long it waits in between, in seconds. */
const looks = 12;
const pauseSeconds = 0.25;

/**
 * Returns a shell script that decides whether an entry starts the program. `$1` is the folder of the notes, `$2` the
 * group. It ends with `skips` only if a primary lives and has fired the group in this minute. Whatever goes wrong, it
 * ends with `starts`: a second start of a slot is harmless, a missing one is not.
 */
export function fireCheck({ skips, starts }: { readonly skips: number; readonly starts: number }): string {
  return [
    'exec 2>/dev/null',
    `read -r primary <"$1/primary" && kill -0 "$primary" || exit ${starts}`,
    `now=$(date +%s) && [ -n "$now" ] || exit ${starts}`,
    'look=0',
    `while [ "$look" -lt ${looks} ]; do read -r fired <"$1/$2.fired" && [ "$fired" -ge "$((now - now % 60))" ] && exit ${skips}; sleep ${pauseSeconds}; look=$((look + 1)); done`,
    `exit ${starts}`,
  ].join('; ');
}

/** The name of the script beside the notes, for entries that have no room for it: `check GROUP` ends with 0 to skip. */
export const checkName = 'check';

/** Any failure, also that there is no such file, means that the entry starts the program. */
export const checkFile = `#!/bin/sh
# Written by NCP Scheduler while it runs: tells its crontab lines which groups it has fired.
set -- "\${0%/*}" "$1"
${fireCheck({ skips: 0, starts: 1 }).replaceAll('; ', '\n')}
`;
