import { CircleAlert, Lightbulb } from 'lucide-react';
import { useState } from 'react';
import type { InsightOrder } from '../../../main/contract/insights.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { View } from '../../ui/view.tsx';
import { FirstStep } from '../moving-in/first-step.tsx';
import { BusiestMinutes } from './busiest-minutes.tsx';
import { InsightTable } from './insight-table.tsx';
import { useInsights } from './use-insights.ts';
import styles from './insights.module.css';

const c = bindClasses(styles);
const words = text.insights;

const days = { week: 7, month: 30, quarter: 90 } as const;
type Period = keyof typeof days;
const periods = (Object.keys(days) as Period[]).map((value) => ({ value, label: words.periods[value] }));

/** Which tasks behave unusually and what tasks cost, in one table. */
export function InsightsView() {
  const [period, setPeriod] = useState<Period>('month');
  const [order, setOrder] = useState<InsightOrder>('findings');
  const { answer, failure, again } = useInsights(days[period], order);
  const tools = <Segmented label={words.period} value={period} options={periods} onChange={setPeriod} />;
  return (
    <View title={text.shell.views.insights} tools={tools} scrolls={false}>
      {failure !== null ? (
        <EmptyState
          icon={<CircleAlert />}
          title={words.unreadable}
          actions={<Button onClick={again}>{text.common.tryAgain}</Button>}
        >
          {failure}
        </EmptyState>
      ) : answer === null ? (
        <Loading label={words.loading} />
      ) : answer.total === 0 ? (
        <EmptyState
          icon={<Lightbulb />}
          title={period === 'quarter' ? words.empty : words.emptyPeriod}
          actions={<FirstStep />}
        >
          {words.emptyHint}
        </EmptyState>
      ) : (
        <div className={c('page')}>
          <p role="status" className={c('summary')}>
            {words.summary(answer)}
          </p>
          <BusiestMinutes busiest={answer.busiest} />
          <InsightTable answer={answer} order={order} onOrder={setOrder} />
        </div>
      )}
    </View>
  );
}
