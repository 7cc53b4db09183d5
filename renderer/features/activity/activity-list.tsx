import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { ActivityRow } from './activity-row.tsx';
import styles from './activity.module.css';
import type { ActivityEntry } from './entries.ts';

const c = bindClasses(styles);

/** Estimated height of a row in px until it is measured. */
const ROW_HEIGHT = 76;
/** Loads the next page when this many rows are left below the window. */
const ROWS_AHEAD = 20;

interface ListProps {
  entries: readonly ActivityEntry[];
  isComplete: boolean;
  onEnd: () => void;
  onUndone: () => void;
}

/** Renders only visible rows, so that ten thousand changes scroll like ten. */
export function ActivityList({ entries, isComplete, onEnd, onUndone }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: 8,
    paddingStart: 8,
    paddingEnd: 24,
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= entries.length - ROWS_AHEAD;
  useEffect(() => {
    if (isNearEnd && !isComplete) onEnd();
    // Each page makes the list longer, which asks again if its end is still near.
  }, [isNearEnd, isComplete, entries.length]);
  return (
    // Focusable, because a list without an Undo button could not be scrolled by keyboard.
    <div ref={scroller} className={c('scroller')} tabIndex={0} role="region" aria-label={text.activity.list}>
      <ol className={c('list')} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const entry = entries[item.index];
          return (
            entry && (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-setsize={isComplete ? entries.length : -1}
                aria-posinset={item.index + 1}
                className={c('item')}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <ActivityRow entry={entry} onUndone={onUndone} />
              </li>
            )
          );
        })}
      </ol>
      {!isComplete && (
        <p role="status" className={c('loading')}>
          {text.activity.loading}
        </p>
      )}
    </div>
  );
}
