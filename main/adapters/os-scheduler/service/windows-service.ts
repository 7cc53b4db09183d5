import { XMLBuilder } from 'fast-xml-parser';
import type { ServiceState } from '../../../contract/service.ts';
import type { ServiceManager, ServiceOptions } from '../../../ports/service-manager.ts';
import { commandLine } from '../windows/command-line.ts';
import type { Schtasks } from '../windows/schtasks.ts';
import { hiddenCommand, TASK_FOLDER } from '../windows/translate.ts';
import { assertXmlTexts } from '../writable-text.ts';
import { foreignService, isOurs, noService, serviceMark, unavailable, type ServiceContext } from './service-files.ts';

export interface WindowsServiceOptions {
  readonly schtasks: Pick<Schtasks, 'unavailable' | 'xml' | 'create' | 'delete' | 'start' | 'end'>;
  readonly context: () => ServiceContext;
}

/** Names of entries have a hyphen after `ncp-scheduler`. */
const taskName = (namespace: string): string =>
  `${TASK_FOLDER}ncp-scheduler.serve${namespace === '' ? '' : `.${namespace}`}`;

/** Returns the task as XML: started at logon, without a time limit, and again a minute after a failure. */
function serviceTask({ args }: ServiceOptions, context: ServiceContext): string {
  const [command = '', ...fixed] = hiddenCommand(context.command);
  const words = [...fixed, 'serve', ...args];
  assertXmlTexts([command, ...words, context.homeDir]);
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-16' },
    Task: {
      '@version': '1.2',
      '@xmlns': 'http://schemas.microsoft.com/windows/2004/02/mit/task',
      RegistrationInfo: {
        ...{ Author: 'NCP Scheduler', Description: 'Runs NCP Scheduler while you are logged on.' },
        ...{ URI: taskName(context.namespace), Documentation: `${serviceMark}=${context.namespace};` },
      },
      Triggers: { LogonTrigger: { Enabled: true } },
      Principals: { Principal: { '@id': 'Author', LogonType: 'InteractiveToken', RunLevel: 'LeastPrivilege' } },
      Settings: {
        ...{ MultipleInstancesPolicy: 'IgnoreNew', DisallowStartIfOnBatteries: false, StopIfGoingOnBatteries: false },
        ...{ AllowHardTerminate: true, StartWhenAvailable: true, Enabled: true, Hidden: true },
        ExecutionTimeLimit: 'PT0S',
        RestartOnFailure: { Interval: 'PT1M', Count: 999 },
      },
      Actions: {
        '@Context': 'Author',
        Exec: { Command: command, Arguments: commandLine(words), WorkingDirectory: context.homeDir },
      },
    },
  };
  const options = { ignoreAttributes: false, attributeNamePrefix: '@', format: true, suppressEmptyNode: true };
  return new XMLBuilder(options).build(document).replaceAll('\n', '\r\n');
}

/** Runs `serve` as a task of Task Scheduler that starts at logon. */
export class WindowsService implements ServiceManager {
  readonly #options: WindowsServiceOptions;

  constructor(options: WindowsServiceOptions) {
    this.#options = options;
  }

  async state(): Promise<ServiceState> {
    const { context, schtasks } = this.#options;
    const path = taskName(context().namespace);
    const problem = await schtasks.unavailable();
    if (problem !== null) {
      return { ...noService, state: 'unavailable', path, notes: [`schtasks does not answer: ${problem}`] };
    }
    const xml = await schtasks.xml(path);
    if (xml === null) return { ...noService, path };
    if (!isOurs(xml, context().namespace)) return { ...noService, state: 'foreign', path };
    // schtasks says whether a task runs only in the language of the system.
    return {
      ...{ state: 'installed', path, running: null, atBoot: false, command: [...context().command, 'serve'] },
      notes: ['Task Scheduler starts the service when you log on, and stops it when you log off.'],
    };
  }

  async install(options: ServiceOptions): Promise<ServiceState> {
    const { context, schtasks } = this.#options;
    const { state, path, notes } = await this.state();
    if (state === 'unavailable') throw unavailable(`${notes.join(' ')}.`);
    const name = path ?? '';
    if (state === 'foreign') throw foreignService(name);
    if (state === 'installed') await schtasks.end(name);
    await schtasks.create(name, serviceTask(options, context()));
    await schtasks.start(name);
    return this.state();
  }

  async uninstall(): Promise<ServiceState> {
    const { schtasks } = this.#options;
    const { state, path } = await this.state();
    if (state === 'foreign') throw foreignService(path ?? '');
    if (state === 'installed' && path !== null) {
      await schtasks.end(path);
      await schtasks.delete(path);
    }
    return this.state();
  }
}
