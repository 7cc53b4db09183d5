import { lexer } from 'marked';
import { useMemo, useState } from 'react';
import { text } from '../../text/en.ts';
import { bindClasses } from '../class-names.ts';
import { LinkDialog } from './link-dialog.tsx';
import { nodesOf } from './markdown-nodes.tsx';
import styles from './markdown.module.css';

const c = bindClasses(styles);

/** Shows Markdown that a person or an agent wrote. A link opens only after the person has seen its whole address. */
export function Markdown({ source }: { source: string }) {
  const tokens = useMemo(() => lexer(source), [source]);
  const [address, setAddress] = useState<string | null>(null);
  return (
    <div className={c('markdown')} data-selectable>
      {nodesOf(tokens, (href, children) => (
        <button type="button" className={c('link')} title={text.markdown.linkTo(href)} onClick={() => setAddress(href)}>
          {children}
        </button>
      ))}
      {address !== null && <LinkDialog address={address} onClose={() => setAddress(null)} />}
    </div>
  );
}
