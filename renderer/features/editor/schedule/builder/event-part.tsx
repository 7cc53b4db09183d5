import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import { eventNameSchema } from '../../../../../main/contract/events.ts';
import { text } from '../../../../text/en.ts';
import { bindClasses } from '../../../../ui/class-names.ts';
import type { PartProps } from './schedule-builder.tsx';
import styles from './schedule-builder.module.css';

const c = bindClasses(styles);
const words = text.scheduleBuilder;

/** The events that start the task. The last one chosen stays: without any, the task would have no schedule. */
export function Events({ built, set }: PartProps) {
  const id = useId();
  const choose = (chosen: readonly string[]): void => {
    const events = eventNameSchema.options.filter((event) => chosen.includes(event));
    if (events.length > 0) set({ events });
  };
  return (
    <div className={c('days')}>
      <span className={c('label')} id={id}>
        {words.events}
      </span>
      <ToggleGroup.Root
        type="multiple"
        aria-labelledby={id}
        className={c('toggles')}
        value={[...built.events]}
        onValueChange={choose}
      >
        {eventNameSchema.options.map((event) => (
          <ToggleGroup.Item key={event} value={event} className={c('toggle')}>
            {words.eventNames[event]}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  );
}
