import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { SlotRecord } from '../../../../main/contract/execution.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import { text } from '../../../text/en.ts';
import { formatInstant, formatMoment } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import styles from './schedule-tab.module.css';
import { SlotExplanation } from './slot-explanation.tsx';

const c = bindClasses(styles);

interface SlotRowProps {
  task: TaskView;
  record: SlotRecord;
  /** Opens it, scrolls to it and gives it the focus: the person came here for it. */
  opensAtOnce: boolean;
}

/** A slot that did not run. Opened, it shows the facts around it and what can be done. */
export function SlotRow({ task, record, opensAtOnce }: SlotRowProps) {
  const now = useNow(60_000);
  const [open, setOpen] = useState(opensAtOnce);
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!opensAtOnce) return;
    setOpen(true);
    trigger.current?.focus({ preventScroll: true });
    trigger.current?.scrollIntoView({ block: 'center' });
  }, [opensAtOnce]);
  const moment = formatMoment(record.slot, now);
  return (
    <li>
      <Collapsible.Root open={open} onOpenChange={setOpen}>
        <Collapsible.Trigger ref={trigger} className={c('slot')}>
          <ChevronRight aria-hidden className={c('chevron')} />
          <time dateTime={record.slot} title={formatInstant(record.slot)} className={c('moment')}>
            {moment}
          </time>
          <span>{record.detail ?? text.taskPage.slotReason(record.reason)}</span>
        </Collapsible.Trigger>
        <Collapsible.Content className={c('why')} role="region" aria-label={text.taskPage.why(moment)}>
          <SlotExplanation task={task} record={record} />
        </Collapsible.Content>
      </Collapsible.Root>
    </li>
  );
}
