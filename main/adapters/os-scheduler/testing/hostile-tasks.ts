import type { Task } from '../../../contract/task.ts';

const codes = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));

/** Characters that mean something to one of the formats, or that a format cannot hold. */
export const hostileCharacters: readonly string[] = [
  ...codes(0, 0x1f),
  ...codes(0x7f, 0x9f),
  ...`"'\`$%\\;#&|<>!@:+-*?~^=,()[]{}`,
  ...['\u00a0', '\u2028', '\u2029', '\ud800', '\udc00', '\ufeff', '\ufffe', '\uffff', '\u{1f600}', '\u{1ffff}'],
];

/** Texts that would be a line, element or option of their own if they were written as they are. */
const injections = [
  '\nExecStartPre=/bin/touch /tmp/hostile',
  '\r\n[Service]\rExecStart=/bin/false',
  '\n* * * * * touch /tmp/hostile\n',
  '</string><key>RunAtLoad</key><true/><string>',
  '</Arguments><Arguments>]]><!--',
  '\u0085spec: {suspend: false}',
  '\u2028X-NCP-Timing=other',
  '>>> NCP SCHEDULER >>>',
  '$(HOSTILE) $$ $$(HOSTILE) ${HOSTILE} $HOSTILE',
  '%h %HOSTILE% %% \\% \\\\% %',
  ' leading and trailing ',
];

const special = /["'`$%\\;#&<>!@:+=\n\r\0-]/;

/** Each hostile text that a field is given: in a text and at its end; special characters also alone, first and twice. */
export const hostileTexts: readonly string[] = [
  ...hostileCharacters.flatMap((char) => [`a${char}b`, `a${char}`]),
  ...hostileCharacters.filter((char) => special.test(char)).flatMap((char) => [char, `${char}b`, `a${char}${char}`]),
  ...injections.flatMap((text) => [text, `a${text}`]),
  'long '.repeat(60_000),
];

/** The fields of a task that an export writes, each with the change that puts a text into it. */
export const hostileFields: Readonly<Record<string, (text: string) => Partial<Task>>> = {
  name: (name) => ({ name }),
  description: (description) => ({ description }),
  command: (command) => ({ parameters: { command } }),
  program: (text) => ({ parameters: { args: [text, 'x'] } }),
  'program in a folder': (text) => ({ parameters: { args: [`/opt/${text}`, 'x'] } }),
  argument: (text) => ({ parameters: { args: ['/bin/echo', text, 'last'] } }),
  'standard input': (stdin) => ({ parameters: { command: 'cat', stdin } }),
  shell: (shell) => ({ parameters: { command: 'true', shell } }),
  'name of a variable': (name) => ({ env: { [name]: 'value' } }),
  'value of a variable': (text) => ({ env: { HOSTILE: text } }),
  'working directory': (text) => ({ workingDirectory: `/srv/${text}` }),
  'whole working directory': (workingDirectory) => ({ workingDirectory }),
};
