import type { DoctorCheck } from '../../contract/cli.ts';
import type { Installation } from '../../ports/installation.ts';

export interface InstallationDoctorNeeds {
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
