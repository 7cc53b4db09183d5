import { Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Execution } from '../../../../main/contract/execution.ts';
import { useCommands } from '../../../session-context.tsx';
import { actionOf } from '../../../shortcuts.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import styles from './fix-command.module.css';

const c = bindClasses(styles);
const words = text.executions.fix;

interface FixCommandProps {
  readonly execution: Execution;
  /** The command that the task has now. */
  readonly command: string;
}

/** The command of a task whose run failed, in one field: Enter saves it, and runs the task again. */
export function FixCommand({ execution, command }: FixCommandProps) {
  const { executions, tasks } = useCommands();
  const [typed, setTyped] = useState(command);
  const [opened, setOpened] = useState(command);
  const [isBusy, setBusy] = useState(false);
  // A later visit of the page begins without the field.
  useEffect(() => () => executions.fix(null), [executions]);
  const save = async () => {
    if (isBusy || typed.trim() === '') return;
    setBusy(true);
    setOpened(await tasks.fixAndRun(execution, { opened, command: typed }));
    setBusy(false);
  };
  return (
    <form
      className={c('fix')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (actionOf('run', event) !== 'leave') return;
        // Otherwise Escape would leave the page too.
        event.stopPropagation();
        if (!isBusy) executions.fix(null);
      }}
    >
      <Field label={words.label} hint={words.hint}>
        {(ids) => (
          <TextInput {...ids} code autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
      </Field>
      <span className={c('buttons')}>
        <Button busy={isBusy} onClick={() => executions.fix(null)}>
          {text.common.cancel}
        </Button>
        <Button type="submit" look="primary" icon={<Zap aria-hidden />} busy={isBusy}>
          {text.saveAndRun.button}
        </Button>
      </span>
    </form>
  );
}
