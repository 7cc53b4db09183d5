import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useCommands, useNavigation, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { openerOf, returnFocus } from '../../ui/focus-return.ts';
import { useTourOffer } from './use-tour-offer.ts';
import styles from './tour.module.css';

const c = bindClasses(styles);
const words = text.tour;

interface Step {
  title: string;
  body: string;
  /** What the step can show; absent if it only explains. */
  action?: { label: string; run: () => void };
}

function useSteps(): readonly Step[] {
  const { recipes, navigation } = useCommands();
  const hasTray = useSchedule((schedule) => schedule.desktop.tray.available) !== false;
  return [
    { ...words.tasks, action: { label: words.tasks.action, run: () => recipes.open(null) } },
    { title: words.tray.title, body: hasTray ? words.tray.body : words.tray.absent },
    {
      ...words.failures,
      action: {
        label: words.failures.action,
        run: () => navigation.showSetting(text.notifications.title),
      },
    },
  ];
}

/** The tour, above the current view: a new window offers it once, and it can be started again. It covers nothing. */
export function Tour() {
  useTourOffer();
  const tour = useNavigation((state) => state.tour);
  return tour === null ? null : <Steps step={tour.step} isAsked={tour.isAsked} />;
}

function Steps({ step, isAsked }: { step: number; isAsked: boolean }) {
  const { tour } = useCommands();
  const steps = useSteps();
  const title = useRef<HTMLHeadingElement>(null);
  const opener = useRef(openerOf(document.activeElement));
  // Screen readers read the step that the person asked for.
  useEffect(() => {
    if (isAsked) title.current?.focus();
  }, [step, isAsked]);
  const end = () => {
    // The focus leaves the tour only once its buttons are gone.
    flushSync(() => void tour.end());
    returnFocus(opener.current);
  };
  const shown = steps[step];
  if (shown === undefined) return null;
  const { action } = shown;
  const isLast = step === steps.length - 1;
  return (
    <section
      className={c('tour')}
      aria-label={words.region}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        end();
      }}
    >
      <div className={c('text')}>
        <p className={c('count')}>{words.step(step + 1, steps.length)}</p>
        <h2 ref={title} tabIndex={-1} className={c('title')}>
          {shown.title}
        </h2>
        <p className={c('body')}>{shown.body}</p>
      </div>
      <div className={c('buttons')}>
        {!isLast && (
          <Button size="small" look="quiet" onClick={end}>
            {words.skip}
          </Button>
        )}
        {step > 0 && (
          <Button size="small" onClick={() => void tour.go(step - 1)}>
            {words.back}
          </Button>
        )}
        {action && (
          <Button size="small" onClick={action.run}>
            {action.label}
          </Button>
        )}
        <Button size="small" look="primary" onClick={isLast ? end : () => void tour.go(step + 1)}>
          {isLast ? words.done : words.next}
        </Button>
      </div>
    </section>
  );
}
