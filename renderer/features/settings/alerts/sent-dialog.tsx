import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { SentAlert } from '../../../../main/contract/alerts/outbox.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { formatMoment } from '../../../text/format.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import settingsStyles from '../settings.module.css';
import styles from './alerts.module.css';

const c = bindClasses({ ...settingsStyles, ...styles });
const words = text.alerts;
/** How often to look for what was sent meanwhile, in ms. */
const lookMs = 5000;

/** The newest alerts, with what became of each. */
export function SentDialog({ onClose }: { onClose: () => void }) {
  const { alerts } = useCommands();
  const { stores } = useSession();
  const { sent, failure } = useStore(stores.alerts);
  const look = useNow(lookMs);
  useEffect(() => void alerts.loadSent(), [alerts, look]);
  return (
    <Dialog title={words.sent} width="wide" onDismiss={onClose}>
      <DialogBody>
        {failure !== null && (
          <p className={c('bad')} role="alert">
            {failure}
          </p>
        )}
        {sent?.total === 0 && <p className={c('faint')}>{words.sentNone}</p>}
        {sent !== null && sent.total > 0 && (
          <table className={c('table')}>
            <tbody>
              {sent.alerts.map((alert) => (
                <SentRow key={alert.id} alert={alert} now={look} />
              ))}
            </tbody>
          </table>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{text.common.close}</Button>
      </DialogFooter>
    </Dialog>
  );
}

function SentRow({ alert, now }: { alert: SentAlert; now: number }) {
  const { alerts } = useCommands();
  const { id, channel, kind, title, state, createdAt, error, possiblyTwice } = alert;
  const canRetry = state === 'waiting' || state === 'dropped';
  const note = [words.eventOf(kind), channel, ...(possiblyTwice ? [words.possiblyTwice] : [])].join(' · ');
  return (
    <tr>
      <td className={c('faint')}>{formatMoment(createdAt, now)}</td>
      <td>
        {title}
        <p className={c('faint')}>{note}</p>
        {error !== null && <p className={c('bad')}>{error}</p>}
      </td>
      <td className={c(state === 'sent' ? 'good' : state === 'dropped' && 'bad')}>{words.states[state]}</td>
      <td>
        {canRetry && (
          <Button
            size="small"
            look="quiet"
            aria-label={words.retryNamed(title)}
            onClick={() => void alerts.retry({ id })}
          >
            {words.retry}
          </Button>
        )}
      </td>
    </tr>
  );
}
