import { useMemo, useState } from 'react';
import type { ClipboardEvent } from 'react';
import { readPasted, requestOf } from '../../../main/contract/pasted-task.ts';
import type { PastedTask } from '../../../main/contract/pasted-task.ts';

interface Typed {
  /** What the field shows: one line. */
  line: string;
  /** What was pasted, with its line breaks, which may be part of a command. */
  whole: string;
  /** A cURL command after the schedule becomes a request. */
  asRequest: boolean;
}

export interface PastedLine {
  line: string;
  pasted: PastedTask;
  /** Null unless the line holds a cURL command after its schedule. True: it becomes a request. */
  asRequest: boolean | null;
  change: (line: string) => void;
  /** Keeps the line breaks of a text that is pasted over everything; a field of one line would lose them. */
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  setAsRequest: (asRequest: boolean) => void;
  /** Puts a schedule before the command, in place of the one that is there. */
  setSchedule: (schedule: string) => void;
}

const oneLine = (text: string): string => text.trim().replaceAll(/[\\^]?\r?\n\s*/g, ' ');

/** The state of a field in which a task is typed or pasted as one line. */
export function usePastedLine(): PastedLine {
  const [typed, setTyped] = useState<Typed>({ line: '', whole: '', asRequest: false });
  const read = useMemo(() => readPasted(typed.whole), [typed.whole]);
  const request = read.kind === 'task' ? requestOf(read) : null;
  return {
    line: typed.line,
    pasted: typed.asRequest && request !== null ? request : read,
    asRequest: request === null ? null : typed.asRequest,
    change: (line) => setTyped((before) => ({ line, whole: line, asRequest: before.asRequest && line !== '' })),
    onPaste: (event) => {
      const text = event.clipboardData.getData('text/plain');
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      const replacesAll = selectionStart === 0 && selectionEnd === value.length;
      if (!replacesAll || !/\S\s*\n\s*\S/.test(text)) return;
      event.preventDefault();
      setTyped({ line: oneLine(text), whole: text.trim(), asRequest: false });
    },
    setAsRequest: (asRequest) => setTyped((before) => ({ ...before, asRequest })),
    setSchedule: (schedule) =>
      setTyped((before) => {
        if (read.kind !== 'task') return before;
        const { parameters, tool } = read.sketch;
        const alone = read.sketch.schedule === '';
        const command = alone ? before.whole : read.command;
        const whole = `${schedule}: ${command}`.trimEnd();
        // What was going to be a request stays one.
        return {
          line: oneLine(whole),
          whole,
          asRequest: before.asRequest || (alone && tool === 'http:request' && parameters['url'] !== command),
        };
      }),
  };
}
