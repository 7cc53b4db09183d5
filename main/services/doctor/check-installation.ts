import type { DoctorCheck } from '../../contract/cli.ts';
import type { ServiceManager } from '../../ports/service-manager.ts';
import type { Installation } from '../../ports/installation.ts';

export interface InstallationDoctorNeeds {
  readonly service: () => Promise<Pick<ServiceManager, 'state'>>;
  readonly installation: () => Promise<Pick<Installation, 'kind' | 'path' | 'launcherProblem'>>;
}

/** Reports a package that npm may delete, and a launcher that cannot start the program or failed to. */
export async function checkInstallation({ installation }: InstallationDoctorNeeds): Promise<DoctorCheck[]> {
  const { kind, path, launcherProblem } = await installation();
  const checks: DoctorCheck[] = [];
  if (kind === 'npx') {
    const message = `${path} is in the cache of npx, which npm empties at times; tasks then no longer start. Run "npm install -g ncp-scheduler", then "ncp-scheduler os sync".`;
    checks.push({ id: 'installation/npx', title: 'Installation', status: 'warning', message, fixable: false });
  }
  const launcher = launcherProblem();
  if (launcher !== null) {
    const status = launcher.fixable ? 'problem' : 'warning';
    checks.push({ id: 'installation/launcher', title: 'Start of the program', status, ...launcher });
  }
  return checks;
}

/** Reports the service, if one is installed. */
export async function checkService({ service }: InstallationDoctorNeeds): Promise<DoctorCheck[]> {
  const { state, running, notes, path } = await (await service()).state();
  if (state !== 'installed') return [];
  const stopped = running === false;
  const told = stopped ? ['It does not run. Start it with "ncp-scheduler serve --install".'] : [];
  const message = [`The service ${path ?? ''} is installed.`, ...told, ...notes].join(' ');
  const status = stopped ? 'problem' : notes.length > 0 ? 'warning' : 'ok';
  return [{ id: 'installation/service', title: 'Service', status, message, fixable: false }];
}
