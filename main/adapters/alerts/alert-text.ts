import type { AlertEvent } from '../../contract/alerts/event.ts';
import { oneLine, sentencesOf } from '../../contract/alerts/alert-sentences.ts';

/** Returns the title, with the machine if a person has several. */
export const titleOf = ({ title, machine }: AlertEvent): string => `${oneLine(title)} (${oneLine(machine)})`;

/** Returns the line of output that decided the failure, and the end of the output; without control characters. */
export function outputOf({ output, run }: AlertEvent): string {
  const text = output ?? run?.error?.line ?? '';
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** Marks a text that is longer than the receiver takes. */
const shortened = '… (shortened)';

/** Returns a text whose UTF-8 has at most `most` bytes, cut between characters, and says so. */
export function cut(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const end = Buffer.from(text).subarray(0, Math.max(0, most - Buffer.byteLength(shortened)));
  return `${new TextDecoder('utf-8', { fatal: false }).decode(end).replace(/\uFFFD$/, '')}${shortened}`;
}

/** Returns the end of a text, at most `most` bytes of UTF-8, from the start of a line, and says so. */
export function cutStart(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return text;
  const end = bytes
    .subarray(bytes.length - Math.max(0, most - Buffer.byteLength(shortened) - 1))
    .toString('utf8')
    .replace(/^\uFFFD+/, '');
  const line = end.indexOf('\n');
  return `${shortened}\n${line === -1 ? end : end.slice(line + 1)}`;
}

/** Returns everything as plain text of at most `most` bytes. The output gives way first. */
export function plainText(event: AlertEvent, most: number): string {
  const head = `${titleOf(event)}\n${sentencesOf(event)}`;
  const output = outputOf(event);
  const room = most - Buffer.byteLength(head) - 2;
  if (output === '' || room < 40) return cut(head, most);
  return `${head}\n\n${cutStart(output, room)}`;
}
