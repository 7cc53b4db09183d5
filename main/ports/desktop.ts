import type { NavigationTarget } from '../contract/control.ts';

/** What a button of a notification does to the tasks it tells of. */
export type NotificationAction = 'rerun' | 'snooze' | 'pause' | 'resume';

/** What a desktop notification says, and where its click leads. Decided by pure code, shown by the adapter. */
export interface NotificationContent {
  /** One at a time per key: a newer one replaces it. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  /** Where a click on the notification itself leads. */
  readonly target: NavigationTarget;
  /** Shown where the system has buttons, in this order. */
  readonly buttons: readonly { readonly action: NotificationAction; readonly label: string }[];
  /** The tasks the buttons act on. */
  readonly taskIds: readonly string[];
  /** Never above `normal`: what is urgent would break through the person's do-not-disturb. */
  readonly urgency: 'low' | 'normal';
}

/** A person clicked a notification (`action` null), or one of its buttons. */
export interface NotificationChoice {
  readonly target: NavigationTarget;
  readonly taskIds: readonly string[];
  readonly action: NotificationAction | null;
}

export interface NotifierState {
  readonly available: boolean;
  /** Why nothing can be shown, as a sentence with what to do; null where all is well. */
  readonly problem: string | null;
  /** Null where the system does not say. */
  readonly doNotDisturb: boolean | null;
  /** Whether buttons are shown. */
  readonly buttons: boolean;
}

export interface Notifier {
  /** Shows it. Resolves false where the system refuses notifications. */
  notify(content: NotificationContent): Promise<boolean>;
  /** Takes a notification back that is no longer true. Nothing happens where it is gone already. */
  withdraw(key: string): void;
  state(): NotifierState;
  onChoice(listener: (choice: NotificationChoice) => void): void;
  onStateChange(listener: () => void): void;
}

export interface TrayState {
  readonly running: readonly { readonly taskName: string; readonly executionId: string }[];
  /** How many tasks failed last time. */
  readonly failing: number;
  readonly paused: boolean;
  /** ISO instant; null for no end. */
  readonly pausedUntil: string | null;
  /** The next slots, soonest first, at most three. */
  readonly next: readonly { readonly name: string; readonly at: string }[];
  readonly lastFailures: readonly { readonly taskName: string; readonly executionId: string }[];
  /** What waits for the person; it colours the icon. */
  readonly attention: readonly TrayLine[];
  /** What is good to know where the window is closed; it leaves the icon alone. */
  readonly remarks: readonly TrayLine[];
}

/** A line of the menu that leads to where its matter is dealt with. */
export interface TrayLine {
  readonly text: string;
  readonly target: NavigationTarget;
}

/** For how long everything is paused. */
export type PauseLength = 'hour' | 'morning' | 'resumed';

export interface TrayActions {
  quickAdd(): void;
  show(target?: NavigationTarget): void;
  cancel(executionId: string): void;
  pauseAll(length: PauseLength): void;
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
