import type { AlertTest } from '../../../../main/contract/alerts/outbox.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import settingsStyles from '../settings.module.css';
import styles from './alerts.module.css';

const c = bindClasses({ ...settingsStyles, ...styles });
const words = text.alerts;

/** What the receiver of a test answered. */
export function TestAnswer({ test }: { test: AlertTest | 'running' | null }) {
  if (test === null) return null;
  const isRunning = test === 'running';
  return (
    <p className={c('answer', !isRunning && (test.ok ? 'good' : 'bad'))} role="status">
      {isRunning ? words.testing : test.answer}
    </p>
  );
}
