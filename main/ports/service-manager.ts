import type { ServiceState } from '../contract/service.ts';

export interface ServiceOptions {
  /** Words after `serve`. Paths are absolute. */
  readonly args: readonly string[];
  /** The service and its tasks get no new privileges, a private /tmp and read-only system folders. Only for systemd. */
  readonly hardened: boolean;
}

/** Runs `serve` as a service of this person. */
export interface ServiceManager {
  state(): Promise<ServiceState>;
  /**
   * Installs and starts the service, or replaces the one of this data directory.
   * @throws SchedulerError `os/service-unavailable`, `os/service-refused`, `os/foreign-entry`
   */
  install(options: ServiceOptions): Promise<ServiceState>;
  /** Stops and removes the service; does nothing if there is none. @throws as `install` */
  uninstall(): Promise<ServiceState>;
}
