/** Texts about what tasks may use before their slots are skipped. */
export const budgets = {
  field: 'Budget',
  hint: 'Runs, run time and cost in a day or month: 3 runs/day, 2 h/month, $5/month. Once one is used up, slots are skipped until the next day or month. Runs that you start yourself count too, but are never skipped.',
  invalid: (part: string) =>
    part === ''
      ? 'Enter limits such as 3 runs/day, 2 h/month, $5/month.'
      : `“${part}” is not a limit, or is given twice. Enter limits such as 3 runs/day, 2 h/month, $5/month.`,
  ofAgent: 'Budget of its tasks',
  ofAgentHint: 'What the tasks that it created may use together: 20 runs/day, $5/month. Empty for no limit.',
  used: (agent: string | null, uses: string) => {
    if (agent === null) return `Budget: ${uses}`;
    return agent === '*' ? `Budget of all agents: ${uses}` : `Budget of ${agent}: ${uses}`;
  },
  forecast: (forecast: string) => `Forecast: ${forecast}`,
} as const;
