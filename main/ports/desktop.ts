import type { ClockStyle } from '../contract/time-style.ts';
import type { NavigationTarget } from '../contract/control.ts';

/** What a button of a notification does to the notification's tasks. */
export type NotificationAction = 'rerun' | 'snooze' | 'pause' | 'resume';

/** The content of a desktop notification and the target of a click. Decided by pure code, shown by the adapter. */
export interface NotificationContent {
  /** A newer notification replaces the one with the same key. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  /** The page that a click on the notification itself opens. */
  readonly target: NavigationTarget;
  /** Shown in this order if the system supports buttons. */
  readonly buttons: readonly { readonly action: NotificationAction; readonly label: string }[];
  /** The tasks that the buttons act on. */
  readonly taskIds: readonly string[];
  /** Never above `normal`: an urgent notification would ignore the person's do-not-disturb. */
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
  /** Why no notification can be shown, as a sentence with what to do; null if there is no problem. */
  readonly problem: string | null;
  /** Null if the system does not report it. */
  readonly doNotDisturb: boolean | null;
  /** True if the system shows buttons. */
  readonly buttons: boolean;
}

export interface Notifier {
  /** Shows a notification. Resolves to false if the system refuses notifications. */
  notify(content: NotificationContent): Promise<boolean>;
  /** Removes a notification that no longer applies. Does nothing if it is already gone. */
  withdraw(key: string): void;
  state(): NotifierState;
  onChoice(listener: (choice: NotificationChoice) => void): void;
  onStateChange(listener: () => void): void;
}

export interface TrayState {
  /** How the menu writes times. */
  readonly clock: ClockStyle;
  readonly running: readonly { readonly taskName: string; readonly executionId: string }[];
  /** Number of tasks whose last run failed. */
  readonly failing: number;
  readonly paused: boolean;
  /** ISO instant; null for a pause without an end. */
  readonly pausedUntil: string | null;
  /** The tasks that run next, soonest first, with the ISO instant of the slot. */
  readonly next: readonly { readonly taskId: string; readonly taskName: string; readonly at: string }[];
  /** The last run of the tasks that ran last, newest first, with the ISO instant of its end. */
  readonly recent: readonly {
    readonly taskName: string;
    readonly executionId: string;
    /** `other`: the run was skipped or its end is not known. */
    readonly outcome: 'success' | 'failure' | 'other';
    readonly at: string;
  }[];
  readonly lastFailures: readonly { readonly taskName: string; readonly executionId: string }[];
  /** Items that need the person's attention; they colour the icon. */
  readonly attention: readonly TrayLine[];
  /** Items worth knowing while the window is closed; they do not change the icon. */
  readonly remarks: readonly TrayLine[];
}

/** A line of the menu; a click opens the page where its subject is handled. */
export interface TrayLine {
  readonly text: string;
  readonly target: NavigationTarget;
}

/** How long everything is paused. */
export type PauseLength = 'hour' | 'morning' | 'resumed';

export interface TrayActions {
  quickAdd(): void;
  show(target?: NavigationTarget): void;
  cancel(executionId: string): void;
  runTask(taskId: string): void;
  /** Skips the slot that the menu names, also if the menu is a little old. @param slot an ISO instant */
  skipNext(taskId: string, slot: string): void;
  pauseTask(taskId: string): void;
  pauseAll(length: PauseLength): void;
  resumeAll(): void;
  quit(): void;
}

export interface Tray {
  render(state: TrayState): void;
  destroy(): void;
}

/** Starts the app hidden when the person logs in. */
export interface LoginItem {
  enabled(): boolean;
  /** Enables or disables start at login. Returns the resulting state: the person may have denied it in the system. */
  setEnabled(enabled: boolean): boolean;
}
