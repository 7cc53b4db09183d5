export interface LauncherFacts {
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of `headless.js` of the installed package. */
  readonly script: string;
  /** Absolute path of the file for the launcher's messages. */
  readonly log: string;
}

/** The end of each message about a start that failed. */
export const failedStart = 'NCP Scheduler was not started.';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Returns the launcher: a script for /bin/sh that starts the command line. OS entries, the service and agents call it,
 * so that they need no change after an update of the package or of Node. Where Node or the package is gone from the
 * recorded place, it looks where the usual version managers and npm put them; what it starts records the new place.
 */
export function launcherText({ node, script, log }: LauncherFacts): string {
  return `#!/bin/sh
# Starts NCP Scheduler for the OS scheduler, the service and agents. NCP Scheduler writes this file and replaces changes.
node=${quoted(node)}
script=${quoted(script)}
log=${quoted(log)}
if [ -x "$node" ] && [ -r "$script" ]; then exec "$node" "$script" "$@"; fi

note() {
  [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 65536 ] && : >"$log"
  (umask 077; printf '%s %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" >>"$log") 2>/dev/null
  printf 'ncp-scheduler: %s\\n' "$1" >&2
}
runs() {
  [ -x "$1" ] && "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' >/dev/null 2>&1
}
# Each candidate is a line: paths may have spaces.
programs() {
  printf '%s\\n' "$node"
  command -v node
  for place in /usr/local/bin/node /usr/bin/node /opt/homebrew/bin/node "$HOME/.volta/bin/node" "$HOME/n/bin/node" \\
    "$HOME"/.nvm/versions/node/*/bin/node "$HOME"/.config/nvm/versions/node/*/bin/node \\
    "$HOME"/.local/share/fnm/node-versions/*/installation/bin/node "$HOME"/.asdf/installs/nodejs/*/bin/node \\
    "$HOME"/.local/share/mise/installs/node/*/bin/node; do
    printf '%s\\n' "$place"
  done
}
packages() {
  printf '%s\\n' "$script"
  for prefix in "$(dirname "$(dirname "$1")")" "$HOME/.local" "$HOME/.npm-global" /usr/local /usr /opt/homebrew; do
    printf '%s\\n' "$prefix/lib/node_modules/ncp-scheduler/headless/headless.js"
  done
}

found_node=
found_script=
IFS='
'
for candidate in $(programs); do
  runs "$candidate" || continue
  found_node=$candidate
  for package in $(packages "$candidate"); do
    if [ -r "$package" ]; then found_script=$package; break 2; fi
  done
done
unset IFS
if [ -n "$found_script" ]; then
  note "Node or the package ncp-scheduler has moved. Starting $found_script with $found_node."
  exec "$found_node" "$found_script" "$@"
fi
if [ -z "$found_node" ]; then
  note "Node 20.19 or newer is not at $node any more, and was found nowhere else. ${failedStart} Install Node, then run: ncp-scheduler os sync"
else
  note "The package ncp-scheduler is not at $script any more, and was found nowhere else. ${failedStart} Run: npm install -g ncp-scheduler && ncp-scheduler os sync"
fi
exit 69
`;
}
