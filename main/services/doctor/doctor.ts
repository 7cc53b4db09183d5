import type { DoctorCheck } from '../../contract/cli.ts';
import { messageOf } from '../../domain/errors.ts';
import { checkAlerts, type AlertDoctorNeeds } from './check-alerts.ts';
import { checkAttention, type AttentionDoctorNeeds } from './check-attention.ts';
import { checkContainment, type ContainmentDoctorNeeds } from './check-containment.ts';
import { checkCalendars, type CalendarDoctorNeeds } from './check-calendars.ts';
import { checkKeptServers, type KeptServerDoctorNeeds } from './check-kept-servers.ts';
import { checkFleet, type FleetDoctorNeeds } from './check-fleet.ts';
import { checkEntries, type EntryDoctorNeeds } from './check-entries.ts';
import { checkEnvironment, checkPrograms, type ProgramDoctorNeeds } from './check-programs.ts';
import { checkPublished, type PublishedDoctorNeeds } from './check-published.ts';
import { checkInstallation, checkService, type InstallationDoctorNeeds } from './check-installation.ts';
import { checkLedger, checkSchedule, checkSettings, type StorageDoctorNeeds } from './check-storage.ts';
import { checkTraces, type TraceDoctorNeeds } from './check-traces.ts';
import { checkScheduler } from './check-scheduler.ts';

export type DoctorNeeds = EntryDoctorNeeds &
  StorageDoctorNeeds &
  ProgramDoctorNeeds &
  AttentionDoctorNeeds &
  InstallationDoctorNeeds &
  ContainmentDoctorNeeds &
  PublishedDoctorNeeds &
  CalendarDoctorNeeds &
  FleetDoctorNeeds &
  KeptServerDoctorNeeds &
  AlertDoctorNeeds &
  TraceDoctorNeeds;

/** Checks everything a run needs, explains every problem, and fixes the OS entries. */
export class Doctor {
  readonly #needs: DoctorNeeds;

  constructor(needs: DoctorNeeds) {
    this.#needs = needs;
  }

  /** Runs all checks. A check that cannot run does not hide the others. */
  async diagnose(): Promise<DoctorCheck[]> {
    const checks = [
      ...[checkSchedule, checkSettings, checkLedger, checkScheduler, checkContainment],
      ...[checkInstallation, checkService, checkEntries, checkEnvironment, checkPrograms, checkAttention],
      ...[checkAlerts, checkPublished, checkCalendars, checkTraces, checkKeptServers, checkFleet],
    ];
    const answers = await Promise.all(checks.map((check) => this.#answer(check)));
    this.#needs.sync.announce();
    return answers.flat();
  }

  /** Makes the OS entries match, then checks again. Problems that are gone are marked `fixed`. */
  async fix(): Promise<DoctorCheck[]> {
    const before = await this.diagnose();
    if (!before.some(({ fixable, status }) => fixable && status !== 'ok')) return before;
    await this.#needs.sync.sync();
    const after = await this.diagnose();
    const repaired = before
      .filter(
        ({ id, fixable, status }) =>
          fixable && status !== 'ok' && !after.some((check) => check.id === id && check.status !== 'ok'),
      )
      .map((check): DoctorCheck => ({ ...check, status: 'ok', fixed: true }));
    return [...after.filter(({ id }) => !repaired.some((check) => check.id === id)), ...repaired];
  }

  async #answer(check: (needs: DoctorNeeds) => Promise<DoctorCheck[]> | DoctorCheck[]): Promise<DoctorCheck[]> {
    try {
      return await check(this.#needs);
    } catch (problem) {
      const id = `doctor/${check.name}`;
      return [{ id, title: 'A check could not run', status: 'problem', message: messageOf(problem), fixable: false }];
    }
  }
}
