import { useState } from 'react';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import styles from '../execution-facts.module.css';

const c = bindClasses(styles);
const words = text.executions.facts;

/** A picture, or sound with the controls of a player. @param source a `data:` address: nothing is fetched */
export function ResultMedia({ source }: { source: string }) {
  const [failed, setFailed] = useState(false);
  if (!source.startsWith('data:audio/')) return <img className={c('image')} src={source} alt={words.imageResult} />;
  if (failed) return <p className={c('faint')}>{words.soundFailed}</p>;
  return (
    <audio className={c('sound')} src={source} controls aria-label={words.sound} onError={() => setFailed(true)} />
  );
}
