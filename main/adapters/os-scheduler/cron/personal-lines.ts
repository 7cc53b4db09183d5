const OUR_BLOCK = { begin: /^# >>> NCP SCHEDULER/, end: /^# <<< NCP SCHEDULER/ };
const OLD_BLOCK = { begin: /^# === NCP SCHEDULED JOBS/, end: /^# === END NCP SCHEDULED JOBS/ };
const OUR_LINE = / _timing-run \S+(?: --event \w+)* >\/dev\/null 2>&1$/;

/** The lines of a crontab that neither this app nor ncp wrote, with their numbers from 1. */
export function* personalLines(text: string): Generator<{ number: number; line: string }> {
  let block: RegExp | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (block !== null) {
      if (block.test(line)) block = null;
      continue;
    }
    const begun = [OUR_BLOCK, OLD_BLOCK].find(({ begin }) => begin.test(line));
    if (begun !== undefined) block = begun.end;
    else if (!OUR_LINE.test(line.trimEnd())) yield { number: index + 1, line: line.replace(/\r$/, '') };
  }
}
