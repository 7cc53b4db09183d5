import type { Task } from '../contract/task.ts';

/** Words of the shell itself, which are no programs (POSIX, Shell Command Language, 2.4 and 2.14, and XCU 1.7). */
const ofTheShell = new Set(
  (
    '. : [ alias bg break case cd command continue do done echo elif else esac eval exec exit export false fg fi for ' +
    'function hash if in jobs kill local printf pwd read readonly return set shift source test then time times trap true ' +
    'type ulimit umask unalias unset until wait while'
  ).split(' '),
);
/** A command, at the start or after an operator, behind reserved words and assignments. */
const command =
  /(?:^|[;&|(){}\n])\s*(?:(?:!|if|elif|then|else|while|until|do|exec|time|command)\s+)*(?:\w+=\S*\s+)*([\w.+~/-]+)(?=$|[\s;&|)])/g;
const maxPrograms = 10;

/**
 * Returns the names of the programs that a `shell:run` task starts, as far as they can be read from its command. Words in
 * quotes may be among them; they are no program that can be found.
 */
export function programsOf({ tool, parameters }: Pick<Task, 'tool' | 'parameters'>): string[] {
  if (tool !== 'shell:run') return [];
  const { command: line, args } = parameters;
  if (Array.isArray(args)) return typeof args[0] === 'string' ? [args[0]] : [];
  if (typeof line !== 'string') return [];
  const names = [...line.matchAll(command)].map(([, name = '']) => name);
  return [...new Set(names)]
    .filter((name) => !ofTheShell.has(name) && !/^(?:-|[\d.~]+$)/.test(name))
    .slice(0, maxPrograms);
}
