import { useEffect, useState } from 'react';
import type { ShellCommandState } from '../../commands/shell-command-commands.ts';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Row } from './section.tsx';
import styles from './settings.module.css';

const c = bindClasses(styles);

/** Installs and removes the shell command `ncp-scheduler`. */
export function ShellCommandRow() {
  const { shellCommand } = useCommands();
  const [state, setState] = useState<ShellCommandState | null>(null);
  useEffect(() => void shellCommand.state().then(setState), [shellCommand]);
  const words = text.shellCommand;
  if (state === null) return null;
  const isThere = state.state === 'installed';
  const change = async () => {
    const next = await (isThere ? shellCommand.remove() : shellCommand.install());
    if (next !== null) setState(next);
  };
  return (
    <>
      <Row label={words.label} hint={words.hint(state)}>
        {(ids) => (
          <Button {...ids} size="small" disabled={state.state === 'foreign'} onClick={() => void change()}>
            {words.actions[state.state]}
          </Button>
        )}
      </Row>
      {isThere && state.addToPath !== null && (
        <p className={c('remark')} data-selectable>
          {words.notOnPath} <code>{state.addToPath}</code>
        </p>
      )}
    </>
  );
}
