import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MissedReport, MissedTask } from '../../../main/contract/missed-runs.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { routeHash, taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Card, CardRemark } from './card.tsx';
import styles from './overview.module.css';

const c = bindClasses(styles);
const words = text.missed;

/** Tasks shown for each cause. */
const SHOWN = 3;

/** Lists the runs that were missed, by cause, with buttons that run or dismiss them. Not shown if there are none. */
export function MissedCard() {
  const { stores } = useSession();
  const { missed } = useCommands();
  const { report, failure } = useStore(stores.missed);
  useEffect(() => void missed.load(), [missed]);
  if (failure !== null) return <Unreadable failure={failure} />;
  if (report === null || report.count === 0) return null;
  return (
    <Card title={words.card} aside={<Actions report={report} />}>
      {report.causes.map((cause) => (
        <Cause key={cause.cause} cause={cause} isPartial={report.isPartial} />
      ))}
    </Card>
  );
}

function Unreadable({ failure }: { failure: string }) {
  const { missed } = useCommands();
  const aside = (
    <Button size="small" look="quiet" onClick={() => void missed.load()}>
      {words.retry}
    </Button>
  );
  return (
    <Card title={words.card} aside={aside}>
      <p role="alert" className={c('badWord')}>
        {words.failed(failure)}
      </p>
    </Card>
  );
}

/** From so many runs on, a click asks before it starts them. */
const MANY = 10;

function Actions({ report: { count, isPartial, causes } }: { report: MissedReport }) {
  const { missed } = useCommands();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const run = async () => {
    setAsking(false);
    setBusy(true);
    await missed.run();
    setBusy(false);
  };
  return (
    <span className={c('cardActions')}>
      <Button size="small" look="quiet" onClick={() => void missed.dismiss()}>
        {words.dismiss}
      </Button>
      <Button size="small" look="primary" busy={busy} onClick={() => (count < MANY ? void run() : setAsking(true))}>
        {words.run(count, isPartial)}
      </Button>
      {asking && (
        <AskDialog
          title={words.ask(count, isPartial)}
          hint={words.askHint(tasksOf(causes))}
          onRun={() => void run()}
          onCancel={() => setAsking(false)}
        />
      )}
    </span>
  );
}

/** Returns how many tasks missed runs: one may have missed some for each cause. */
const tasksOf = (causes: MissedReport['causes']): number =>
  new Set(causes.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId))).size;

interface AskDialogProps {
  title: string;
  hint: string;
  onRun: () => void;
  onCancel: () => void;
}

function AskDialog({ title, hint, onRun, onCancel }: AskDialogProps) {
  return (
    <Dialog title={title} width="narrow" onDismiss={onCancel}>
      <DialogBody>{hint}</DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>{text.common.cancel}</Button>
        <Button look="primary" autoFocus onClick={onRun}>
          {words.askRun}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

interface CauseProps {
  cause: MissedReport['causes'][number];
  isPartial: boolean;
}

function Cause({ cause: { cause, count, tasks }, isPartial }: CauseProps) {
  const inProcess = useSchedule((schedule) => schedule.app.osScheduler === 'in-process');
  return (
    <>
      <p className={c('warn')}>{words.cause(cause, count, isPartial, inProcess)}</p>
      <ul>
        {tasks.slice(0, SHOWN).map((task) => (
          <Missed key={task.taskId} task={task} />
        ))}
      </ul>
      {tasks.length > SHOWN && <CardRemark>{text.overview.more(tasks.length - SHOWN)}</CardRemark>}
    </>
  );
}

function Missed({ task: { taskId, taskName, count, first, last } }: { task: MissedTask }) {
  const now = useNow(60_000);
  const [from, to] = [formatMoment(first, now), formatMoment(last, now)];
  return (
    <li className={c('entry')}>
      <a className={c('link')} href={routeHash(taskPage(taskId))}>
        <bdi>{taskName}</bdi>
        <span className={c('sentence')}>{count === 1 ? words.one(from) : words.several(count, from, to)}</span>
      </a>
      <a
        className={c('why')}
        href={routeHash(taskPage(taskId, 'schedule', last))}
        aria-label={words.whyLabel(taskName)}
      >
        {words.why}
      </a>
    </li>
  );
}
