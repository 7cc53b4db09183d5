import { join } from 'node:path';
import { build } from 'plist';
import type { ServiceState } from '../../../contract/service.ts';
import type { ServiceManager, ServiceOptions } from '../../../ports/service-manager.ts';
import { sortedEnv } from '../entry-marker.ts';
import { readIfThere } from '../files.ts';
import { readAgentFile } from '../launchd/agent-file.ts';
import type { Launchctl } from '../launchd/launchctl.ts';
import { agentDirectory } from '../launchd/translate.ts';
import { assertXmlTexts } from '../writable-text.ts';
import { assertOurFile, deleteServiceFile, isOurs, noService, serviceMark, unavailable } from './service-files.ts';
import { writeServiceFile, type ServiceContext } from './service-files.ts';

export interface LaunchdServiceOptions {
  readonly launchctl: Pick<Launchctl, 'unavailable' | 'isLoaded' | 'load' | 'unload'>;
  readonly context: () => ServiceContext;
  /** Absolute path of the file for the output. */
  readonly log: string;
}

/** Labels of entries have a hyphen or a name after the prefix `org.ncp-scheduler.`, never this word. */
const label = (namespace: string): string => `org.ncp-scheduler${namespace === '' ? '' : `.${namespace}`}:serve`;

const pathOf = ({ homeDir, namespace }: ServiceContext): string =>
  join(agentDirectory(homeDir), `${label(namespace).replace(':', '.')}.plist`);

/** Returns the agent: started at login, and again ten seconds after a failure. */
function serviceAgent({ args }: ServiceOptions, context: ServiceContext, log: string): string {
  const words = [...context.command, 'serve', ...args];
  assertXmlTexts([...words, log, ...Object.values(context.env)]);
  const agent = {
    Label: label(context.namespace),
    ProgramArguments: words,
    EnvironmentVariables: Object.fromEntries(sortedEnv(context.env)),
    RunAtLoad: true,
    KeepAlive: { SuccessfulExit: false },
    ThrottleInterval: 10,
    // Time to end its runs, in seconds.
    ExitTimeOut: 90,
    ProcessType: 'Standard',
    StandardOutPath: log,
    StandardErrorPath: log,
    // launchd ignores unknown keys.
    NCPSchedulerService: `${serviceMark}=${context.namespace};`,
  };
  return `${build(agent, { pretty: true, indent: '  ' })}\n`;
}

/** Runs `serve` as a launch agent of the person. */
export class LaunchdService implements ServiceManager {
  readonly #options: LaunchdServiceOptions;

  constructor(options: LaunchdServiceOptions) {
    this.#options = options;
  }

  async state(): Promise<ServiceState> {
    const { context, launchctl } = this.#options;
    const { namespace } = context();
    const path = pathOf(context());
    const text = readIfThere(path);
    if (text === null) {
      const problem = await launchctl.unavailable();
      return problem === null
        ? { ...noService, path }
        : { ...noService, state: 'unavailable', path, notes: [`launchctl does not answer: ${problem}`] };
    }
    if (!isOurs(text, namespace)) return { ...noService, state: 'foreign', path };
    return {
      ...{ state: 'installed', path, running: await launchctl.isLoaded(label(namespace)), atBoot: false },
      command: readAgentFile(text)?.ProgramArguments ?? [],
      notes: ['launchd starts the service when you log in, and stops it when you log out.'],
    };
  }

  async install(options: ServiceOptions): Promise<ServiceState> {
    const { context, launchctl, log } = this.#options;
    const problem = await launchctl.unavailable();
    if (problem !== null) throw unavailable(`launchctl does not answer: ${problem}.`);
    const { namespace } = context();
    const path = pathOf(context());
    writeServiceFile(path, serviceAgent(options, context(), log), namespace);
    await launchctl.unload(label(namespace));
    await launchctl.load(label(namespace), path);
    return this.state();
  }

  async uninstall(): Promise<ServiceState> {
    const { context, launchctl } = this.#options;
    const path = pathOf(context());
    if (readIfThere(path) === null) return this.state();
    assertOurFile(path, context().namespace);
    await launchctl.unload(label(context().namespace));
    deleteServiceFile(path, context().namespace);
    return this.state();
  }
}
