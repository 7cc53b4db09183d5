import {
  CalendarRange,
  History,
  House,
  Layers,
  Lightbulb,
  ListChecks,
  MonitorCheck,
  Plus,
  Search,
  Settings,
  Zap,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useCommands, useExecutions, useNavigation, useSchedule } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import type { Route } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Keys } from '../../ui/keys.tsx';
import { MachineSwitcher } from '../machines/machine-switcher.tsx';
import { useFailedTasks } from '../overview/use-failed-tasks.ts';
import { Wordmark } from './wordmark.tsx';
import styles from './sidebar.module.css';

const c = bindClasses(styles);

const links: readonly {
  view: 'overview' | 'groups' | 'executions' | 'timeline' | 'insights' | 'activity';
  icon: LucideIcon;
}[] = [
  { view: 'overview', icon: House },
  { view: 'groups', icon: Layers },
  { view: 'executions', icon: History },
  { view: 'timeline', icon: CalendarRange },
  { view: 'insights', icon: Lightbulb },
  { view: 'activity', icon: ListChecks },
];

export function Sidebar() {
  const { navigation } = useCommands();
  return (
    <aside className={c('sidebar')}>
      <Wordmark />
      <MachineSwitcher />
      <Button
        look="primary"
        icon={<Plus aria-hidden />}
        className={c('new')}
        aria-label={text.shell.newTask}
        title={text.shell.newTask}
        onClick={() => navigation.openEditor({ kind: 'new' })}
      >
        <span className={c('word')}>{text.shell.newTask}</span>
      </Button>
      <button
        type="button"
        className={c('find', 'quick')}
        title={text.quickAdd.title}
        aria-keyshortcuts="Control+Shift+N"
        onClick={() => navigation.setQuickAdd(true)}
      >
        <Zap aria-hidden />
        <span className={c('word')}>{text.quickAdd.title}</span>
        <span className={c('word', 'keys')}>
          <Keys keys={['mod', '⇧', 'N']} />
        </span>
      </button>
      <button type="button" className={c('find')} title={text.shell.find} onClick={() => navigation.setPalette(true)}>
        <Search aria-hidden />
        <span className={c('word')}>{text.shell.find}</span>
        <span className={c('word', 'keys')}>
          <Keys keys={['mod', 'K']} />
        </span>
      </button>
      <nav className={c('nav')} aria-label={text.shell.navigation}>
        {links.map(({ view, icon }) => (
          <NavigationLink key={view} route={{ view }} icon={icon} label={text.shell.views[view]} />
        ))}
        <span className={c('gap')} />
        <NavigationLink route={{ view: 'others' }} icon={MonitorCheck} label={text.shell.views.others} />
        <NavigationLink route={{ view: 'settings' }} icon={Settings} label={text.shell.views.settings} />
      </nav>
      <Health />
    </aside>
  );
}

/** The list in the sidebar to which a page belongs. */
const listOf: Partial<Record<Route['view'], Route['view']>> = {
  execution: 'executions',
  task: 'groups',
  group: 'groups',
};

function NavigationLink({ route, icon: Icon, label }: { route: Route; icon: LucideIcon; label: string }) {
  const view = useNavigation((state) => state.route.view);
  const isHere = view === route.view || listOf[view] === route.view;
  return (
    <a
      className={c('link')}
      href={routeHash(route)}
      aria-label={label}
      title={label}
      aria-current={isHere ? 'page' : undefined}
    >
      <Icon aria-hidden />
      <span className={c('word')}>{label}</span>
    </a>
  );
}

/** The overall state, always visible: paused, failing, running, or the number of tasks on schedule. */
function Health() {
  const unreadable = useSchedule(({ store, tasks }) => store.state === 'read-only' && tasks.length === 0);
  const paused = useSchedule((schedule) => schedule.paused !== null);
  const active = useSchedule((schedule) => schedule.tasks.filter((task) => task.status === 'active').length);
  const running = useExecutions((state) => state.recent.filter((execution) => execution.status === 'running').length);
  const failing = useFailedTasks().failing.length;
  const health = text.shell.health;
  const states = [
    { holds: unreadable, tone: 'paused', words: health.unreadable },
    { holds: paused, tone: 'paused', words: health.paused },
    { holds: failing > 0, tone: 'failing', words: health.failing(failing) },
    { holds: running > 0, tone: 'running', words: health.running(running) },
    { holds: active > 0, tone: 'idle', words: health.waiting(active) },
    { holds: true, tone: 'none', words: health.waiting(0) },
  ] as const;
  const { tone, words } = states.find(({ holds }) => holds) ?? states[5];
  return (
    <p className={c('health')} title={words}>
      <span aria-hidden className={c('dot', tone)} />
      <span className={c('word')}>{words}</span>
    </p>
  );
}
