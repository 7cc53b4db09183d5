import { ChevronLeft } from 'lucide-react';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './task-page.module.css';

const c = bindClasses(styles);

export const BackToGroups = () => (
  <a className={c('back')} href={routeHash({ view: 'groups' })} aria-label={text.taskPage.back}>
    <ChevronLeft aria-hidden />
  </a>
);
