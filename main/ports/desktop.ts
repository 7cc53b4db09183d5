import type { NavigationTarget } from '../contract/control.ts';

/** What a desktop notification says, and where its click leads. Decided by pure code, shown by the adapter. */
export interface NotificationContent {
  /** One at a time per key: a newer one replaces it. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly target: NavigationTarget;
}

export interface Notifier {
  /** Shows it. Resolves false where the system refuses notifications. */
  notify(content: NotificationContent): Promise<boolean>;
  onClick(listener: (target: NavigationTarget) => void): void;
}

export interface TrayState {
  readonly running: number;
  readonly failing: boolean;
  readonly paused: boolean;
  /** The next slots, soonest first, at most three. */
  readonly next: readonly { readonly name: string; readonly at: string }[];
  readonly lastFailures: readonly { readonly taskName: string; readonly executionId: string }[];
}

export interface TrayActions {
  quickAdd(): void;
  show(target?: NavigationTarget): void;
  pauseAll(): void;
  resumeAll(): void;
  quit(): void;
}

export interface Tray {
  render(state: TrayState): void;
  destroy(): void;
}

/** Starts the app, hidden, when the person logs in. */
export interface LoginItem {
  enabled(): boolean;
  /** Returns what the system made of it: the person may have denied it. */
  setEnabled(enabled: boolean): boolean;
}
