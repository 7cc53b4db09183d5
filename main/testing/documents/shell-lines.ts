import { parse } from 'shell-quote';

/** A line of a `sh`, `bash` or `console` block, with the lines it goes on in after a backslash. */
export interface ShellLine {
  /** The place, such as `README.md:12`. */
  readonly place: string;
  readonly text: string;
  /** The words of each program of the pipeline. */
  readonly programs: readonly (readonly string[])[];
}

const fence = /^```(\w*)/;
const shells = ['sh', 'bash', 'console'];

/** Returns the shell blocks of a Markdown text. Comments, prompts and the files of redirections are left out. */
export function shellBlocks(file: string, markdown: string): ShellLine[][] {
  const blocks: ShellLine[][] = [];
  let block: ShellLine[] | null = null;
  let begun = '';
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, language] = fence.exec(line) ?? [];
    if (language !== undefined) {
      if (block !== null && block.length > 0) blocks.push(block);
      block = block === null && shells.includes(language) ? [] : null;
    } else if (block !== null) {
      begun += line.replace(/^\$ /, '').replace(/\\$/, '');
      if (line.endsWith('\\')) continue;
      const programs = programsOf(begun);
      if (programs.length > 0) block.push({ place: `${file}:${index + 1}`, text: begun.trim(), programs });
      begun = '';
    }
  }
  return blocks;
}

/** Returns the words of each program of a pipeline or list. */
function programsOf(text: string): string[][] {
  const programs: string[][] = [[]];
  let redirected = false;
  for (const part of parse(text, (name) => `$${name}`)) {
    if (typeof part === 'string') {
      if (!redirected) programs.at(-1)?.push(part);
      redirected = false;
    } else if ('pattern' in part) programs.at(-1)?.push(part.pattern);
    else if ('op' in part) {
      if (part.op.includes('>')) redirected = true;
      else programs.push([]);
    }
  }
  return programs.filter((words) => words.length > 0);
}

/** Returns what a text names in `code` within a sentence or table, from the words of one of these programs on. */
export function inlineCommands(file: string, markdown: string): ShellLine[] {
  const prose = markdown.replaceAll(/^```[^]*?^```/gm, (block) => block.replaceAll(/[^\n]/g, ''));
  return prose.split('\n').flatMap((line, index) =>
    [...line.matchAll(/`((?:ncp-scheduler|npm|node) [^`]+)`/g)].map(([, text = '']) => ({
      ...{ place: `${file}:${index + 1}`, text },
      programs: programsOf(text.replaceAll('\\|', '|').replaceAll(/(--\w[\w-]*)\|/g, '$1 ')),
    })),
  );
}
