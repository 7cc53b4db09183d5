import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Section } from './section.tsx';
import styles from './settings.module.css';

const c = bindClasses(styles);

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
    </Section>
  );
}
