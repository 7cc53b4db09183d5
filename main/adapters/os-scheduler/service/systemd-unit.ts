import { join } from 'node:path';
import type { ServiceOptions } from '../../../ports/service-manager.ts';
import { sortedEnv } from '../entry-marker.ts';
import { protectDollars, quoteWord } from '../systemd/unit-file.ts';
import { unitDirectory } from '../systemd/translate.ts';
import { serviceMark, type ServiceContext } from './service-files.ts';

/** Since this version, systemd can wait longer after each failed start (systemd.service(5), `RestartSteps=`). */
const versionWithSteps = 254;

/** Returns `ncp-scheduler.service`. A dot before the namespace: names of entries have a hyphen there. */
export const unitName = (namespace: string): string =>
  namespace === '' ? 'ncp-scheduler.service' : `ncp-scheduler.${namespace}.service`;

export const unitPath = ({ homeDir, namespace }: ServiceContext): string =>
  join(unitDirectory(homeDir), unitName(namespace));

/**
 * Returns the unit. Without `hardened` it restricts nothing, because tasks run inside it: they must be able to do what
 * they can do under a timer, such as `sudo` and files in /tmp.
 * @param systemd its version, and whether it has the program that answers its watchdog
 */
export function serviceUnit(
  options: ServiceOptions,
  context: ServiceContext,
  { version, watched }: { readonly version: number; readonly watched: boolean },
): string {
  const words = [...context.command, 'serve', ...options.args];
  const sections = [
    [
      '[Unit]',
      'Description=NCP Scheduler',
      'Documentation=man:ncp-scheduler(1)',
      // It tries again without a limit: the app that leads the scheduler today may quit tomorrow.
      'StartLimitIntervalSec=0',
    ],
    [
      '[Service]',
      'Type=exec',
      ...sortedEnv(context.env).map(([key, value]) => `Environment=${quoteWord(`${key}=${value}`)}`),
      `ExecStart=${words.map((word) => quoteWord(protectDollars(word, 1))).join(' ')}`,
      'Restart=on-failure',
      'RestartSec=5',
      ...(version >= versionWithSteps ? ['RestartSteps=6', 'RestartMaxDelaySec=300'] : []),
      // The program says so four times as often that it works (services/supervision/supervision.ts). One that hangs is
      // killed without a core dump, and started again.
      ...(watched ? ['WatchdogSec=180', 'WatchdogSignal=SIGKILL', 'NotifyAccess=all'] : []),
      // The program ends its runs itself, and kills what does not end.
      'KillMode=mixed',
      'TimeoutStopSec=90',
      // Each run gets a control group of its own below that of the service (adapters/process/run-groups.ts).
      'Delegate=pids',
      // A task that runs out of memory must not stop the others.
      'OOMPolicy=continue',
      ...(options.hardened ? hardening : []),
    ],
    ['[Install]', 'WantedBy=default.target'],
    ['[X-NCP]', `X-${serviceMark}=${context.namespace};`],
  ];
  const head = '# Written by NCP Scheduler. Changes here are replaced by: ncp-scheduler serve --install';
  return [[head], ...sections].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/**
 * What a task cannot do in a hardened service is in docs/machines.md. Settings that take capabilities away, such as
 * `ProtectKernelModules=`, are left out: a person's own systemd may not drop any, and the start fails with status 218
 * (seen with systemd 252). A person has none of those capabilities anyway.
 */
const hardening = [
  'NoNewPrivileges=yes',
  'PrivateTmp=yes',
  'ProtectSystem=full',
  'ProtectKernelTunables=yes',
  'RestrictSUIDSGID=yes',
  'RestrictRealtime=yes',
  'LockPersonality=yes',
];
