import type { Application, ServeEvent } from '../../application/application.ts';
import type { WebServer } from '../../application/web-side.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { safeLine } from '../../domain/escaped-text.ts';
import { defineService, type CommandContext } from '../command.ts';
import { flag, text, type ValuesOf } from '../option.ts';
import { serveLine } from '../text/serve-line.ts';
import { TextView } from '../text/view.ts';
import { asksForService, manageService, serviceOptions, wordsOf } from './serve-service.ts';
import { duration } from '../values/duration.ts';

const usualIdleMs = 12 * 60 * 60_000;

const webOptions = {
  web: flag('Show the window in a browser too, at the address that is printed.'),
  listen: text(
    'Address of the window with --web: HOST:PORT, or the path of a Unix socket. Default: 127.0.0.1:7377. Another machine can reach it only with --tls-cert or --behind-proxy.',
    'ADDRESS',
  ),
  'tls-cert': text('Certificate with its chain, as PEM, for encryption by the server itself.', 'FILE'),
  'tls-key': text('Key of that certificate, as PEM.', 'FILE'),
  'behind-proxy': text(
    'Address at which people reach a proxy that encrypts, for example https://scheduler.example.org.',
    'URL',
  ),
  'idle-timeout': duration('Sign a browser out after this time without use. Default: 12h.', { min: 60_000 }),
  'no-open': flag('Print the address only, and open no browser.'),
};
type WebArguments = ValuesOf<typeof webOptions>;
const webOnly = ['listen', 'tls-cert', 'tls-key', 'behind-proxy', 'idle-timeout', 'no-open'] as const;

export const serveCommand = defineService({
  name: 'serve',
  summary: 'Run the scheduler in the foreground, until SIGTERM or Ctrl-C; with --web, also its window in a browser.',
  description:
    'For servers and containers. Other commands use it in the same way as the running app. With --web, it also serves beside the app, which then does the running, and takes over when the app quits. It prints an address with a token that signs in one browser once, within 15 minutes. `web create-token` signs in others. docs/machines.md describes how to reach the window from another machine.',
  positionals: {},
  options: {
    demo: flag('Add four tasks that run every minute, if the data directory is empty.'),
    ...webOptions,
    ...serviceOptions,
  },
  // It ends its runs and closes its window itself. A busy machine needs longer, and systemd counts exit code 1 as a failure.
  stopGraceMs: 30_000,
  reads: (raw) => raw.has('status'),
  // The printed address signs in a person, and the window of a service is one of the person too.
  byPerson: (raw) => {
    const asked = (['install', 'uninstall', 'web'] as const).find((name) => raw.has(name));
    return asked === undefined ? null : `serve --${asked}`;
  },
  answers:
    'one line of JSON per event, also without --json where the output is no terminal. With --install, --uninstall and --status: service with state (absent, installed, foreign, unavailable), running, atBoot, path, command, notes.',
  examples: [
    { line: 'serve', does: 'run tasks on time until it is stopped' },
    { line: 'serve --web', does: 'the same, with the window in a browser' },
    {
      line: 'serve --web --listen 0.0.0.0:7377 --tls-cert /etc/ssl/host.pem --tls-key /etc/ssl/host.key',
      does: 'let other machines open the window, encrypted',
    },
    { line: 'serve --install --web --listen 127.0.0.1:4100', does: 'do that as a service, also after a reboot' },
    { line: 'serve --status', does: 'show whether the service runs' },
  ],
  stream: async (context, args) => {
    const { environment } = context;
    if (asksForService(args)) return manageService(context, args, serviceWords(args));
    const application = await context.application();
    const events = eventPrinter(context, application);
    const web = args.web ? await createWeb(context, application, args, events) : withoutWeb(args);
    try {
      await application.serve({
        stop: environment.stop,
        onEvent: events.print,
        ...(web && { listener: web.listener, beside: true, web: () => web.origin() }),
        prepare: async () => {
          if (args.demo) await environment.fillDemo(application);
          if (web) await showWeb(context, args, web, (address) => events.tell('web', { address }));
        },
      });
    } finally {
      await web?.close();
    }
    await events.written();
    return 0;
  },
});

/** Returns what a service runs. The demo is for a person who looks at it. @throws SchedulerError `usage/…` */
function serviceWords(args: WebArguments & { readonly demo: boolean }): string[] {
  if (!args.web) withoutWeb(args);
  const { web, listen, 'behind-proxy': proxy, 'tls-cert': cert, 'tls-key': key, 'idle-timeout': idleMs } = args;
  const idle = idleMs === undefined ? undefined : `${idleMs}`;
  return wordsOf({ web, listen, 'behind-proxy': proxy, 'tls-cert': cert, 'tls-key': key, 'idle-timeout': idle });
}

interface EventPrinter {
  print(this: void, event: ServeEvent): void;
  tell(type: string, fields: Readonly<Record<string, unknown>>): void;
  written(): Promise<void>;
}

/** Prints events: on a terminal as lines for people, otherwise as JSON. */
function eventPrinter({ stdout, environment, json }: CommandContext, application: Application): EventPrinter {
  const view = new TextView(environment, application.timeStyle().clock);
  const forPeople = environment.isTerminal && !json;
  // Lines are written in order. A reader that stops reading must not stop the scheduler.
  let written = Promise.resolve();
  const print = (event: ServeEvent): void => {
    const line = forPeople ? serveLine(event, view) : safeLine(event);
    if (line !== null) written = written.then(() => stdout.write(`${line}\n`)).catch(() => undefined);
  };
  return {
    print,
    tell: (type, fields) => print({ type, at: application.clock.nowIso(), ...fields }),
    written: () => written,
  };
}

async function createWeb(
  { environment }: CommandContext,
  application: Application,
  args: WebArguments,
  events: EventPrinter,
): Promise<WebServer> {
  const side = await environment.webSide();
  const agents = await environment.agentSide();
  return side.create({
    application,
    agents: (options) => agents.serveHttp(options),
    listen: args.listen,
    tlsCert: args['tls-cert'],
    tlsKey: args['tls-key'],
    behindProxy: args['behind-proxy'],
    idleMs: args['idle-timeout'] ?? usualIdleMs,
    report: (message, details = {}) => events.tell('warning', { message, ...details }),
  });
}

/** @throws SchedulerError `usage/needs-web` if an option of `--web` was given without it. */
function withoutWeb(args: WebArguments): null {
  const given = webOnly.find((name) => args[name] !== undefined && args[name] !== false);
  if (given === undefined) return null;
  throw new SchedulerError('usage/needs-web', `--${given} has an effect only with --web. Add --web, or remove it.`, {
    option: given,
  });
}

async function showWeb(
  { environment, json }: CommandContext,
  args: WebArguments,
  web: WebServer,
  tell: (address: string) => void,
): Promise<void> {
  const address = await web.listen();
  tell(address);
  // Only for a person at this terminal: a service must not open a browser, even where it inherits a display.
  if (environment.isTerminal && !json && !args['no-open']) (await environment.webSide()).openBrowser(address);
}
