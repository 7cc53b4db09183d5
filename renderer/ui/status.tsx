import {
  CircleAlert,
  CircleCheck,
  CircleMinus,
  CircleSlash,
  CircleX,
  Clock3,
  LoaderCircle,
  TriangleAlert,
  Unplug,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Execution, ExecutionStatus } from '../../main/contract/execution.ts';
import { text } from '../text/en.ts';
import { bindClasses } from './class-names.ts';
import styles from './status.module.css';

const c = bindClasses(styles);

const looks: Readonly<Record<ExecutionStatus, { icon: LucideIcon; tone: string }>> = {
  running: { icon: LoaderCircle, tone: 'running' },
  success: { icon: CircleCheck, tone: 'good' },
  failure: { icon: CircleX, tone: 'bad' },
  timeout: { icon: Clock3, tone: 'bad' },
  cancelled: { icon: CircleSlash, tone: 'quiet' },
  interrupted: { icon: Unplug, tone: 'warn' },
  skipped: { icon: CircleMinus, tone: 'quiet' },
};

/** Shows a status as an icon and a word. With `iconOnly`, the word is for screen readers only. */
export function StatusMark({ status, iconOnly = false }: { status: ExecutionStatus; iconOnly?: boolean }) {
  const { icon: Icon, tone } = looks[status];
  const word = text.executions.status[status];
  return (
    <span className={c('mark', tone)} title={iconOnly ? word : undefined}>
      <Icon aria-hidden />
      <span className={iconOnly ? 'visually-hidden' : ''}>{word}</span>
    </span>
  );
}

/** Shows how a run ended: its status, or that its success is doubtful. */
export function RunMark({ execution, iconOnly }: { execution: Execution; iconOnly?: boolean }) {
  const size = iconOnly === undefined ? {} : { iconOnly };
  return execution.doubt === undefined ? <StatusMark status={execution.status} {...size} /> : <DoubtMark {...size} />;
}

export function DoubtMark({ iconOnly = false }: { iconOnly?: boolean }) {
  return (
    <span className={c('mark', 'warn')} title={iconOnly ? text.doubts.status : undefined}>
      <TriangleAlert aria-hidden />
      <span className={iconOnly ? 'visually-hidden' : ''}>{text.doubts.status}</span>
    </span>
  );
}

/** Shows a status given as text, such as the last status of a task. */
export function StatusMarkOf({ status }: { status: string }) {
  const known = Object.keys(looks).find((name): name is ExecutionStatus => name === status);
  if (known) return <StatusMark status={known} iconOnly />;
  return (
    <span className={c('mark', 'quiet')} title={status}>
      <CircleAlert aria-hidden />
      <span className="visually-hidden">{status}</span>
    </span>
  );
}
