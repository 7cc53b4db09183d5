import { formatDuration } from '../../../main/contract/durations.ts';
import { text } from '../../text/en.ts';
import { formatMoment, formatTime } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import type { Scale } from './scale.ts';
import styles from './timeline.module.css';
import { LOAD_STEP_MS } from './use-load.ts';
import type { Load } from './use-load.ts';

const c = bindClasses(styles);

interface TimelineLoadProps {
  load: Load;
  scale: Scale;
  now: number;
}

/** Shows how busy the coming days are: when too many tasks start together and when none do. */
export function TimelineLoad({ load, scale, now }: TimelineLoadProps) {
  const { steps, concurrencyLimit, from, isPartial, waited } = load;
  const highest = Math.max(1, ...steps.map(({ most }) => most));
  return (
    <div className={c('load')} style={{ width: `calc(var(--names) + ${scale.width}px)` }}>
      <div className={c('loadName')} title={text.timeline.loadHint(concurrencyLimit)}>
        <span>{text.timeline.load}</span>
        <span className={c('laneSentence', waited.count > 0 && 'clashWord')}>
          {waited.count === 0 && isPartial
            ? text.timeline.loadPartial
            : text.timeline.waited(waited.count, formatDuration(waited.longestMs))}
        </span>
      </div>
      <div className={c('loadTrack')} style={{ width: scale.width }}>
        {steps.map(({ starts, most }, index) => {
          const at = from + index * LOAD_STEP_MS;
          const place = { left: scale.x(at), width: Math.max(1, LOAD_STEP_MS * scale.pxPerMs - 1) };
          const when = `${formatMoment(new Date(at).toISOString(), now)}–${formatTime(at + LOAD_STEP_MS)}`;
          if (starts === 0)
            return <span key={at} className={c('quietStep')} style={place} title={text.timeline.quiet(when)} />;
          return (
            <span
              key={at}
              className={c('loadStep', most > concurrencyLimit && 'clashStep')}
              style={{ ...place, height: `${20 + (most / highest) * 80}%` }}
              title={text.timeline.busy(when, starts, most, concurrencyLimit)}
            />
          );
        })}
      </div>
    </div>
  );
}
