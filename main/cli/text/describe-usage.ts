import { forecastText, usesText, type TaskUsage } from '../../contract/budget.ts';
import type { TextView } from './view.ts';

/** Returns what is used of each budget, and what the task will use; empty if neither is known. */
export function describeUsage({ budgets, forecast }: TaskUsage, view: TextView): string {
  const used = budgets.map(({ agent, uses }) => `${ownerText(agent, view)}: ${usesText(uses)}`);
  const isWorthSaying = forecast !== null && forecast.runs > 0;
  return [...used, ...(isWorthSaying ? [`Forecast: ${forecastText(forecast)}`] : [])].join('\n');
}

function ownerText(agent: string | null, view: TextView): string {
  if (agent === null) return 'Budget';
  return agent === '*' ? 'Budget of all agents' : `Budget of agent ${view.plain(agent)}`;
}
