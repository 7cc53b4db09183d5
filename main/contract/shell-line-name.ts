import { parse } from 'shell-quote';

const NAME_LIMIT = 60;

/** Programs that run another program: the options that take a value, and how many other words precede the program. */
const wrappers: Readonly<Record<string, { readonly valued?: string; readonly words?: number }>> = {
  sudo: { valued: 'ugCDhprt' },
  doas: { valued: 'uC' },
  env: { valued: 'uCS' },
  nice: { valued: 'n' },
  ionice: { valued: 'cnp' },
  flock: { valued: 'wE', words: 1 },
  timeout: { valued: 'ks', words: 1 },
  stdbuf: { valued: 'ioe' },
  chrt: { words: 1 },
  taskset: { words: 1 },
  'systemd-inhibit': {},
  caffeinate: { valued: 'tw' },
  chronic: {},
  nohup: {},
  setsid: {},
  time: {},
  exec: {},
  command: {},
  '.': {},
  source: {},
};

const shells = /^(?:ba|z|da|k|fi)?sh$/;
const interpreters = /^(?:python[\d.]*|node|ruby|perl|php[\d.]*|deno|bun|pwsh|powershell|cmd)$/i;
const preparation = new Set(['cd', 'export', 'set', 'umask', 'ulimit', 'test', '[', 'true', 'sleep']);

/**
 * Returns a name for a task: the program that does the work, and what it works on. Programs that only run another one
 * (`sudo`, `flock`, `timeout`), `cd` and assignments are left out: `cd /srv && flock -n /tmp/l curl -fsS
 * https://hc-ping.com/abc` is named `curl hc-ping.com`.
 */
export function nameOfCommand(command: string): string {
  const trimmed = command.trim();
  const commands = simpleCommands(trimmed).map(withoutWrappers);
  const main = commands.find((words) => words[0] !== undefined && !preparation.has(words[0])) ?? commands[0] ?? [];
  const [program, ...rest] = main;
  if (program === undefined) return trimmed.slice(0, NAME_LIMIT);
  if (isUrl(program)) return hostOf(program).slice(0, NAME_LIMIT);
  const inner = shells.test(baseName(program)) ? innerCommand(rest) : null;
  if (inner !== null) return nameOfCommand(inner);
  const script = scriptOf(program, rest);
  // Programs of Windows have options such as `/all`.
  const object = objectOf(rest, program.includes('\\') ? /^[-/]/ : /^-/);
  const name = script === null ? [baseName(program), object].filter(Boolean).join(' ') : baseName(script);
  return name.slice(0, NAME_LIMIT);
}

/** Splits a command line at its operators. Comments, redirections and their targets are left out. */
function simpleCommands(command: string): string[][] {
  const commands: string[][] = [[]];
  let target = false;
  for (const entry of entriesOf(command)) {
    const word = typeof entry === 'string' ? entry : 'pattern' in entry ? entry.pattern : null;
    if (word === null) {
      target = typeof entry !== 'string' && 'op' in entry && /[<>]/.test(entry.op);
      if (!target) commands.push([]);
    } else if (target) target = false;
    else commands.at(-1)?.push(word);
  }
  return commands.filter((words) => words.length > 0);
}

function entriesOf(command: string) {
  // A Windows path, whose backslashes a Unix shell would remove.
  if (/^"?(?:[A-Za-z]:\\|\\\\)/.test(command)) return windowsWords(command);
  try {
    return parse(command, (name) => `$${name}`);
  } catch {
    // shell-quote refuses what a shell would refuse too, such as `${`; a name can still be made of the words.
    return command.split(/\s+/);
  }
}

function windowsWords(command: string): string[] {
  const quoted = /^"([^"]+)"\s*(.*)$/.exec(command);
  if (quoted) return [quoted[1] ?? '', ...(quoted[2] ?? '').split(/\s+/).filter(Boolean)];
  const program = /^.+?\.(?:exe|cmd|bat|ps1|com)(?=\s|$)/i.exec(command)?.[0];
  return program === undefined ? [command] : [program, ...command.slice(program.length).split(/\s+/).filter(Boolean)];
}

function withoutWrappers(words: readonly string[]): string[] {
  const left = words.slice(words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word)));
  const wrapper = Object.entries(wrappers).find(([name]) => name === left[0])?.[1];
  if (wrapper === undefined || left.length === 1) return left;
  const rest = left.slice(1);
  while (rest[0]?.startsWith('-')) {
    const option = rest.shift() ?? '';
    if (wrapper.valued?.includes(option.slice(1)) && option.length === 2) rest.shift();
  }
  while (rest[0] !== undefined && /^[A-Za-z_]\w*=/.test(rest[0])) rest.shift();
  rest.splice(0, wrapper.words ?? 0);
  // `flock FILE -c COMMAND`
  if (rest[0] === '-c' && rest[1] !== undefined) return ['sh', ...rest];
  return rest.length === 0 ? left : withoutWrappers(rest);
}

/** Returns the command of `sh -c COMMAND`. */
function innerCommand(words: readonly string[]): string | null {
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return at === -1 ? null : (words[at + 1] ?? null);
}

/** Returns the script or module that a shell or an interpreter runs. */
function scriptOf(program: string, words: readonly string[]): string | null {
  const name = baseName(program).replace(/\.exe$/i, '');
  if (!shells.test(name) && !interpreters.test(name)) return null;
  const module = words.indexOf('-m');
  const script = module === -1 ? words.find((word) => !/^[-/]\w*$|^-/.test(word)) : words[module + 1];
  return script ?? null;
}

/** Returns what a program works on: a host, else its last path, else its first words (`npm run build`). */
function objectOf(words: readonly string[], options = /^-/): string {
  const plain = words.filter((word) => !options.test(word) && word !== '');
  const url = plain.find(isUrl);
  if (url !== undefined) return hostOf(url);
  const path = plain.findLast((word) => /[/\\]./.test(word) && !/\s/.test(word));
  if (path !== undefined) return path;
  const first = words.slice(0, 2);
  const end = first.findIndex((word) => !/^[\p{L}\p{N}][\p{L}\p{N}._:@-]*$/u.test(word));
  return (end === -1 ? first : first.slice(0, end)).join(' ');
}

const urlPattern = /^https?:\/\/(?:[^\s/@]*@)?([^\s/?#]+)\S*$/i;

/** Returns whether a word is an address that can be requested. */
export function isUrl(word: string): boolean {
  return urlPattern.test(word);
}

function hostOf(url: string): string {
  return urlPattern.exec(url)?.[1] ?? url;
}

function baseName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
