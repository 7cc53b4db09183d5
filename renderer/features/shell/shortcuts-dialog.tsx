import { useCommands } from '../../session-context.tsx';
import { shortcutTable } from '../../shortcuts.ts';
import type { KeyPress, Shortcut, ShortcutScope } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/keys.tsx';
import styles from './shortcuts-dialog.module.css';

const c = bindClasses(styles);
const words = text.shortcuts;
const scopes = Object.keys(words.scopes).filter((scope): scope is ShortcutScope => scope in shortcutTable);

/** Lists every shortcut of the window. */
export function ShortcutsDialog() {
  const { navigation } = useCommands();
  const close = () => navigation.setShortcuts(false);
  return (
    <Dialog title={words.title} width="wide" onDismiss={close}>
      <DialogBody>
        <div className={c('columns')} tabIndex={0} role="group" aria-label={words.title}>
          {scopes.map((scope) => (
            <section key={scope} className={c('scope')} aria-label={words.scopes[scope]}>
              <h3 className={c('heading')}>{words.scopes[scope]}</h3>
              <dl className={c('list')}>
                {shortcutTable[scope].map((shortcut: Shortcut) => (
                  <Entry key={shortcut.action} shortcut={shortcut} />
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button autoFocus onClick={close}>
          {text.common.close}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Entry({ shortcut: { action, presses } }: { shortcut: Shortcut }) {
  return (
    <div className={c('entry')}>
      <dt>{words.actions[action]}</dt>
      <dd className={c('presses')}>
        {shownPresses(presses).map((press, index) => (
          <span key={press.key} className={c('press')}>
            {index > 0 && <span className={c('or')}>{words.or}</span>}
            <Keys keys={keysOf(press)} />
            <span className="visually-hidden">{keysOf(press).join(' ')}</span>
          </span>
        ))}
      </dd>
    </div>
  );
}

/** Nine digits in a row are shown as `1…9`. */
const shownPresses = (presses: readonly KeyPress[]): readonly KeyPress[] =>
  presses.length === 9 && presses[0] !== undefined ? [{ ...presses[0], key: '1…9' }] : presses;

const names: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  PageDown: 'Page ↓',
  PageUp: 'Page ↑',
};

const keysOf = ({ key, mod, shift, alt }: KeyPress): string[] => [
  ...(alt ? ['Alt'] : []),
  ...(mod ? ['mod'] : []),
  ...(shift ? ['Shift'] : []),
  names[key] ?? (key.length === 1 ? key.toUpperCase() : key),
];
