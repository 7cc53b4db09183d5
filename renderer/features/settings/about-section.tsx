import { useState } from 'react';
import { useCan, useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { WhatsNewButton } from '../whats-new/whats-new-button.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { Section } from './section.tsx';
import { UninstallButton } from './uninstall/uninstall-button.tsx';
import styles from './settings.module.css';

const c = bindClasses(styles);

function Tools() {
  const { settings } = useCommands();
  const hasDesktop = useCan('desktop');
  const version = useSchedule(({ app }) => app.version);
  const [report, setReport] = useState<string | null>(null);
  const [isMaking, setMaking] = useState(false);
  const make = async () => {
    setMaking(true);
    setReport(await settings.report());
    setMaking(false);
  };
  return (
    <div className={c('tools')}>
      <Button size="small" disabled={isMaking} onClick={() => void make()}>
        {isMaking ? text.settings.makingReport : text.settings.makeReport}
      </Button>
      <WhatsNewButton version={version} />
      {hasDesktop && <UninstallButton />}
      {report !== null && <ReportDialog report={report} onClose={() => setReport(null)} />}
    </div>
  );
}

export function AboutSection() {
  const app = useSchedule((schedule) => schedule.app);
  const path = useSchedule((schedule) => schedule.store.path);
  const words = text.settings;
  const facts = [
    [words.version, `${text.shell.product} ${app.version}`],
    [words.platform, app.platform],
    [words.timezone, app.timezone],
    [words.dataDir, app.dataDir],
    [words.store, path],
  ] as const;
  return (
    <Section title={words.about}>
      <dl className={c('facts')} data-selectable>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Tools />
    </Section>
  );
}
