/** A turn of phrase that a reader stumbles over, and the plain word for it. */
interface Turn {
  readonly pattern: RegExp;
  readonly plain: string;
}

/** Found in practice to make readers stop; each stands nowhere in the project's own text. */
export const turns: readonly Turn[] = [
  { pattern: /\bput(s|ting)? (it |them |this )?right\b/i, plain: 'fix' },
  { pattern: /\bmend(s|ed|ing)?\b/i, plain: 'fix, repair' },
  { pattern: /\blaps(e|es|ed|ing)\b/i, plain: 'expire' },
  { pattern: /\bat rest\b/i, plain: 'paused; not needed' },
  { pattern: /\b(take|takes|taken|taking|took) (it |them |this |that |this one )?back\b/i, plain: 'undo' },
  { pattern: /\b(take|takes|taken|taking|took) (it |them )?over from\b/i, plain: 'import from' },
  { pattern: /\bwhoever\b/i, plain: 'anyone who; whichever process' },
  { pattern: /\bmay not even\b/i, plain: 'cannot even' },
  { pattern: /\bof (ours|theirs)\b/i, plain: 'our …, their …' },
  { pattern: /\b(is|are|was|were|be|been|being) told\b(?! (to|that)\b)/i, plain: 'receives; is notified' },
  { pattern: /\btells? (nobody|everybody|the person)\b/i, plain: 'shows; notifies' },
  { pattern: /\bhears? of\b/i, plain: 'is notified of' },
  { pattern: /\bfor ever\b/i, plain: 'forever' },
  { pattern: /\blet (it |them )?in again\b/i, plain: 'restore access' },
  { pattern: /\bthe dead are\b|\bburied\b/i, plain: 'remove; dead processes' },
  { pattern: /\b(come|comes|came) to (its|their|an) end\b/i, plain: 'end, exit' },
  { pattern: /\bas it should be\b/i, plain: 'no problems found' },
  { pattern: /\bnothing fits\b/i, plain: 'no results' },
  { pattern: /\bkeeps? time\b/i, plain: 'on schedule' },
  { pattern: /\banew\b/i, plain: 'again' },
  { pattern: /\bwas (never )?here\b/i, plain: 'connected' },
  { pattern: /\b(version|update) [0-9x. ]*is there\b/i, plain: 'is available' },
  { pattern: /\bthe run before (is|was|were)\b/i, plain: 'the previous run' },
  { pattern: /\bnobody decided\b/i, plain: 'new; expired' },
  { pattern: /\bgoes on (at|with|while|until|although|without|if)\b/i, plain: 'continues' },
  { pattern: /\bfor whoever helps\b/i, plain: 'for support' },
  { pattern: /\b(needs?|worth) a look\b/i, plain: 'needs attention; unusual' },
  { pattern: /\blook(s|ed|ing)? for updates\b/i, plain: 'check for updates' },
  { pattern: /\bcommands? for shells\b/i, plain: 'shell command' },
  { pattern: /\bby now\b/i, plain: 'already, since' },
  { pattern: /\bin the open\b/i, plain: 'as plain text' },
  { pattern: /(?<!decision |\| )\bD([2-9]|10)\b/, plain: 'the reason itself, or docs/architecture.md, decision D…' },
];

/** Words of the code that people who use the window read under another name. */
export const windowWords: readonly Turn[] = [
  { pattern: /\bexecutions?\b/i, plain: 'run' },
  { pattern: /\btimings?\b/i, plain: 'schedule, group' },
  { pattern: /\bjobs?\b/i, plain: 'task' },
  { pattern: /\boccurrences?\b/i, plain: 'slot' },
  { pattern: /\bMCP clients?\b/i, plain: 'agent' },
  { pattern: /\bnotices?\b/i, plain: 'notification' },
];

/** Every turn in a text, as sentences with file and line. */
export function stumbles(file: string, text: string, list: readonly Turn[]): string[] {
  return text.split('\n').flatMap((line, index) =>
    list
      .filter(({ pattern }) => pattern.test(line))
      .map(({ pattern, plain }) => {
        const found = pattern.exec(line)?.[0] ?? '';
        return `${file}:${index + 1} says "${found}": say "${plain}" (${line.trim().slice(0, 100)})`;
      }),
  );
}
