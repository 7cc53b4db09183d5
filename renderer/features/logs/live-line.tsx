import { LoaderCircle } from 'lucide-react';
import { useMemo } from 'react';
import { useLog } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { lineHtml } from './lines/ansi.ts';
import styles from './live-line.module.css';

const c = bindClasses(styles);

/** The line that the run is still writing, below the complete ones: a progress bar moves here, in place. */
export function LiveLine() {
  const live = useLog((state) => state.live);
  const html = useMemo(() => ({ __html: live === null ? '' : lineHtml(live.text) }), [live]);
  if (live === null) return null;
  return (
    <p className={c('live', live.stream)} aria-label={text.log.live} role="group">
      <LoaderCircle aria-hidden className={c('sign')} />
      <span className={c('text')} data-selectable dangerouslySetInnerHTML={html} />
    </p>
  );
}
