import type { Task } from '../../contract/task.ts';
import { logLine } from './memory-logs.ts';
import { endedRun } from './run-seeds.ts';
import type { WindowOutside } from './window-outside.ts';

const install = (seconds: string): string[] => [
  '::group::Install packages',
  'npm warn deprecated inflight@1.0.6: This module is not supported',
  `added 214 packages in ${seconds}`,
  '::endgroup::',
];

const request = (status: number, ms: number): string =>
  JSON.stringify({
    level: status < 400 ? 'info' : 'error',
    msg: 'request',
    status,
    ms,
    url: 'https://shop.example.org/health',
  });

const good = [
  ...install('4s'),
  '\u001b[36mBuilding\u001b[0m 41 pages',
  request(200, 12),
  'Read the report: https://ci.example.org/reports/812 (kept for 7 days)',
  'Deployed \u001b]8;;https://staging.example.org\u001b\\staging\u001b]8;;\u001b\\',
];

const bad = [
  ...install('11s'),
  '##[group]Check 3 hosts',
  'shop-1: ok',
  'shop-2: ok',
  'shop-3: no answer on port 443',
  '##[endgroup]',
  '\u001b[36mBuilding\u001b[0m 41 pages',
  request(503, 3071),
  'Read the report: https://ci.example.org/reports/813 (kept for 7 days)',
];

/** Adds a good run an hour ago and a failed run two minutes ago, with what a log view must read. */
export function addReadableLogs(outside: WindowOutside, task: Task): void {
  const nowMs = outside.clock.now();
  const logOf = (startedMs: number, lines: readonly string[]): string =>
    lines.map((line, index) => logLine(startedMs + index * 310, 'out', line)).join('');
  const goodMs = nowMs - 3_600_000;
  endedRun(outside, task, { startedMs: goodMs, log: logOf(goodMs, good) });
  const badMs = nowMs - 120_000;
  const error = logLine(badMs + 4000, 'err', 'Error: the health check of shop-3 failed with 503 Service Unavailable');
  endedRun(outside, task, { startedMs: badMs, log: logOf(badMs, bad) + error, failed: true });
}
