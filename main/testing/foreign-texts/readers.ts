import { PassThrough } from 'node:stream';
import type { Socket } from 'node:net';
import { icsDays } from '../../adapters/calendars/ics-days.ts';
import { readJsonLines } from '../../adapters/control/line-channel.ts';
import { createImportFiles } from '../../adapters/os-scheduler/importing/import-files.ts';
import { noAgents } from '../../adapters/os-scheduler/testing/readings.ts';
import { readCurl } from '../../contract/curl/read-curl.ts';
import { parseLogLine } from '../../contract/log-format.ts';
import { readPasted } from '../../contract/pasted-task.ts';
import { parseCron } from '../../domain/cron/parse-cron.ts';
import { understandSchedule } from '../../domain/phrase/understand-schedule.ts';
import { readRrule } from '../../domain/rrule/read-rrule.ts';
import type { FileKind } from '../../contract/transfer.ts';
import { readMessage } from '../../worker/messages.ts';
import { askOwnServer, callForeignServer } from './mcp-readers.ts';

const zone = 'Europe/Berlin';
const nowMs = Date.parse('2026-11-25T12:00:00Z');
const files = createImportFiles({
  context: () => ({ nowMs, timezone: zone, homeDir: '/home/kim', username: 'kim' }),
  crontab: () => Promise.resolve(null),
  windowsTasks: () => Promise.resolve(new Map()),
  agentSchedules: noAgents,
  serverFiles: () => [],
});
const importAs = (kind: FileKind | null) => (text: string) => files.readContent(Buffer.from(text), 'a file', kind);

/** Reads the text as it arrives at a socket, and each document as a message to a worker. */
function readFrames(text: string): void {
  const stream = new PassThrough();
  stream.on('error', () => undefined);
  const socket = stream as unknown as Socket;
  readJsonLines(socket, 64 * 1024, (document) => readMessage(document));
  socket.emit('data', Buffer.from(text));
}

/** Each place where the product reads a text that others wrote. A reader may refuse a text only with a SchedulerError. */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
  calendar: (text) => icsDays(text, 2026, 2027),
  cron: parseCron,
  crontab: importAs('crontab'),
  curl: readCurl,
  frames: readFrames,
  import: importAs(null),
  launchd: importAs('launchd'),
  log: (text) => text.split('\n').map(parseLogLine),
  'mcp-answers': callForeignServer,
  'mcp-requests': askOwnServer,
  pasted: readPasted,
  phrase: (text) => understandSchedule(text, { nowMs, machineTimezone: zone }),
  rrule: (text) => readRrule(text, zone),
  systemd: importAs('systemd'),
  windows: importAs('windows'),
};
