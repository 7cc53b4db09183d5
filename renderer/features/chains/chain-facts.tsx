import { CornerDownRight } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useSchedule } from '../../session-context.tsx';
import { routeHash, taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { followersOf, linksOf } from './links.ts';
import styles from './chains.module.css';

const c = bindClasses(styles);
const words = text.chains;

/** Says after which tasks a task runs, and which run after it, each with a link. Nothing for a task without either. */
export function ChainFacts({ task }: { task: Pick<TaskView, 'id' | 'policies'> }) {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const before = linksOf(task);
  const after = useMemo(() => followersOf(task.id, tasks), [task.id, tasks]);
  if (before.length === 0 && after.length === 0) return null;
  const nameOf = (id: string) => tasks.find((other) => other.id === id)?.name;
  return (
    <section aria-label={words.title} className={c('facts')}>
      {before.length > 0 && (
        <Row label={words.runsAfter}>
          {before.map(({ taskId, on }, index) => (
            <Link key={index} taskId={taskId} name={nameOf(taskId)} on={words.on[on]} />
          ))}
        </Row>
      )}
      {after.length > 0 && (
        <Row label={words.followedBy}>
          {after.map(({ task: follower, link }, index) => (
            <Link key={index} taskId={follower.id} name={follower.name} on={words.on[link.on]} />
          ))}
        </Row>
      )}
    </section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <p className={c('row')}>
      <CornerDownRight aria-hidden />
      <span>{label}</span>
      {children}
    </p>
  );
}

function Link({ taskId, name, on }: { taskId: string; name: string | undefined; on: string }) {
  return (
    <span>
      {name === undefined ? words.gone : <a href={routeHash(taskPage(taskId))}>{name}</a>}{' '}
      <span className={c('faint')}>({on})</span>
    </span>
  );
}
