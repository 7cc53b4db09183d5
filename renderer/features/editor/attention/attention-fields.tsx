import { formatDuration } from '../../../../main/contract/durations.ts';
import { useSettings } from '../../../session-context.tsx';
import type { EditorPurpose } from '../../../stores/navigation-store.ts';
import { text } from '../../../text/en.ts';
import { durationText } from '../../../text/format.ts';
import { longAfterText } from '../../../text/long-after.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { TypedField } from '../parameters/typed-field.tsx';
import { Section } from '../sections/section.tsx';
import styles from '../task-editor.module.css';
import type { TaskEditorModel } from '../use-task-editor.ts';
import { useUsualDuration } from './use-usual-duration.ts';

const c = bindClasses(styles);
const words = text.attention;
const offeredFactor = '3x';

/** When a person is told that the task is late, takes too long or is overdue. */
export function AttentionFields({ model, purpose }: { model: TaskEditorModel; purpose: EditorPurpose }) {
  const { form, change } = model;
  const usual = useUsualDuration(purpose);
  const settings = useSettings((state) => state.settings);
  const standard = {
    late: settings?.lateAfterMs === undefined ? words.never : durationText(settings.lateAfterMs),
    long: settings?.longAfter === undefined ? words.never : longAfterText(settings.longAfter),
    overdue: settings?.overdueAfterMs === undefined ? words.never : durationText(settings.overdueAfterMs),
  };
  return (
    <Section model={model} name="attention" title={words.title} summary={words.summary(form)}>
      <div className={c('inside')}>
        <div className={c('pair')}>
          <TypedField
            model={model}
            field="lateAfter"
            label={words.late}
            hint={words.lateHint}
            placeholder={standard.late}
          />
          <TypedField
            model={model}
            field="overdueAfter"
            label={words.overdue}
            hint={words.overdueHint}
            placeholder={standard.overdue}
          />
        </div>
        <TypedField
          model={model}
          field="longAfter"
          label={words.long}
          hint={words.longHint}
          placeholder={standard.long}
        />
        {usual !== null && form.longAfter === '' && (
          <p className={c('restored')}>
            {words.usual(formatDuration(usual))}
            <Button size="small" look="quiet" onClick={() => change({ longAfter: offeredFactor })}>
              {words.offer}
            </Button>
          </p>
        )}
      </div>
    </Section>
  );
}
