import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { GroupCard } from './group-card.tsx';
import type { Group } from './groups.ts';
import styles from './group-list.module.css';

const c = bindClasses(styles);

/** Estimated heights in px until a card is measured. */
const HEAD_HEIGHT = 72;
const TASK_HEIGHT = 45;

/** Renders only visible cards, so that a thousand groups scroll like ten. */
export function GroupList({ groups }: { groups: readonly Group[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEAD_HEIGHT + TASK_HEIGHT * (groups[index]?.tasks.length ?? 1),
    getItemKey: (index) => groups[index]?.timing.id ?? index,
    overscan: 4,
    paddingStart: 16,
    paddingEnd: 24,
  });
  return (
    <div ref={scroller} className={c('scroller')}>
      <ul className={c('list')} aria-label={text.shell.views.groups} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const group = groups[item.index];
          return (
            group && (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-setsize={groups.length}
                aria-posinset={item.index + 1}
                className={c('item')}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <GroupCard group={group} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
