import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { text } from '../option.ts';

export const metricsCommand = defineCommand({
  name: 'metrics',
  reads: (raw) => !raw.has('textfile'),
  summary: 'Print metrics for Prometheus, or write them to a file for node_exporter.',
  description:
    'Without --textfile the metrics go to standard output. With it, the file is replaced as a whole and every user of this machine can read it: it holds the names of tasks. The setting metricsFile keeps a file up to date after each run, and `serve --web` answers at /metrics. docs/metrics.md lists the metrics.',
  positionals: {},
  options: {
    textfile: text("File to write, such as ncp.prom in the folder of node_exporter's textfile collector.", 'FILE'),
  },
  answers: 'file (null without --textfile), metrics (the text) without --textfile.',
  examples: [
    { line: 'metrics', does: 'print the metrics' },
    {
      line: 'metrics --textfile /var/lib/node_exporter/ncp.prom',
      does: 'write them once',
    },
  ],
  run: async (context, { textfile }) => {
    const metrics = await (await context.application()).metrics();
    if (textfile === undefined) return { file: null, metrics: await metrics.text() };
    const file = resolve(textfile);
    await metrics.write(file);
    return { file };
  },
  text: ({ file, metrics }, view) =>
    file === null ? (metrics ?? '').trimEnd() : `Wrote the metrics to ${view.plain(file)}.`,
});
