import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Channel } from '../../../../main/contract/alerts/channels.ts';
import type { AlertTest, ChannelState } from '../../../../main/contract/alerts/outbox.ts';
import { useCommands, useSession, useSettings } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { formatAgo } from '../../../text/format.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import { Section } from '../section.tsx';
import settingsStyles from '../settings.module.css';
import styles from './alerts.module.css';
import { ChannelDialog } from './channel-dialog.tsx';
import { AlertRules } from './alert-rules.tsx';
import { DigestRow } from './digest-row.tsx';
import { SentDialog } from './sent-dialog.tsx';
import { TestAnswer } from './test-answer.tsx';

const c = bindClasses({ ...settingsStyles, ...styles });
const words = text.alerts;

/** Where alerts go, which, and what became of them. */
export function AlertsSection() {
  const { alerts } = useCommands();
  const { stores } = useSession();
  const { answer, failure } = useStore(stores.alerts);
  // Another process, or an undo, may change the channels.
  const stored = useSettings((state) => state.settings?.alerts);
  useEffect(() => void alerts.load(), [alerts, stored]);
  /** The name of the channel in the dialog; empty for a new one, null without a dialog. */
  const [edited, setEdited] = useState<string | null>(null);
  const [isSentOpen, setSentOpen] = useState(false);
  const channels = answer?.alerts.channels ?? {};
  return (
    <Section title={words.title}>
      <p className={c('remark')}>{words.hint}</p>
      {failure !== null && (
        <p className={c('remark', 'bad')} role="alert">
          {failure}
        </p>
      )}
      {answer?.states.length === 0 && <p className={c('remark')}>{words.none}</p>}
      {answer?.states.map((state) => {
        const channel = channels[state.name];
        return (
          channel && (
            <ChannelRow key={state.name} state={state} channel={channel} onEdit={() => setEdited(state.name)} />
          )
        );
      })}
      <div className={c('buttons')}>
        <Button onClick={() => setSentOpen(true)}>{words.sent}</Button>
        <Button disabled={answer === null} onClick={() => setEdited('')}>
          {words.add}
        </Button>
      </div>
      {answer !== null && answer.states.length > 0 && (
        <>
          <AlertRules alerts={answer.alerts} />
          <DigestRow alerts={answer.alerts} />
        </>
      )}
      {edited !== null && (
        <ChannelDialog name={edited} channel={channels[edited] ?? null} onClose={() => setEdited(null)} />
      )}
      {isSentOpen && <SentDialog onClose={() => setSentOpen(false)} />}
    </Section>
  );
}

interface ChannelRowProps {
  state: ChannelState;
  channel: Channel;
  onEdit: () => void;
}

function ChannelRow({ state, channel, onEdit }: ChannelRowProps) {
  const { alerts } = useCommands();
  const [test, setTest] = useState<AlertTest | 'running' | null>(null);
  const { name, problem } = state;
  const run = async () => {
    setTest('running');
    setTest(await alerts.test({ name }));
  };
  return (
    <div className={c('channel')}>
      <div className={c('serverText')}>
        <strong>{name}</strong> <ChannelFacts state={state} channel={channel} />
        {problem !== null && <p className={c('bad')}>{problem}</p>}
        <TestAnswer test={test} />
      </div>
      <Button
        size="small"
        look="quiet"
        disabled={test === 'running'}
        aria-label={words.testNamed(name)}
        onClick={() => void run()}
      >
        {words.test}
      </Button>
      <Button size="small" look="quiet" aria-label={words.editNamed(name)} onClick={onEdit}>
        {words.edit}
      </Button>
      <Button
        size="small"
        look="quiet"
        aria-label={words.removeNamed(name)}
        onClick={() => void alerts.removeChannel(name)}
      >
        {words.remove}
      </Button>
    </div>
  );
}

function ChannelFacts({
  state: { waiting, dropped, lastSentAt },
  channel,
}: Pick<ChannelRowProps, 'state' | 'channel'>) {
  const now = useNow(60_000);
  const service =
    channel.kind === 'webhook' && channel.template !== undefined ? words.templates[channel.template] : null;
  const facts = [
    service ?? words.kinds[channel.kind],
    ...(channel.enabled === false ? [words.off] : []),
    lastSentAt === null ? words.neverSent : words.lastSent(formatAgo(lastSentAt, now)),
    ...(waiting > 0 ? [words.waiting(waiting)] : []),
    ...(dropped > 0 ? [words.dropped(dropped)] : []),
  ];
  return <span className={c('faint')}>{facts.join(' · ')}</span>;
}
