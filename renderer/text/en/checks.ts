const problems = (count: number) => (count === 1 ? '1 problem' : `${count} problems`);

export const checks = {
  check: 'Check now',
  checking: 'Checking…',
  fix: 'Fix',
  fixing: 'Fixing…',
  fixHint: 'Reinstalls missing entries and repairs changed ones.',
  allWell: (count: number, when: string) => `${count} checks ${when}: no problems found.`,
  allFixed: (count: number) => (count === 0 ? 'No problems found.' : `Fixed ${problems(count)}.`),
  someLeft: (fixed: number, left: number) =>
    `${fixed === 0 ? 'No problems could be fixed' : `Fixed ${problems(fixed)}`}. ${left} ${left === 1 ? 'remains' : 'remain'}: see Overview.`,
  status: { ok: 'OK', warning: 'Warning', problem: 'Problem' },
  fixed: 'Fixed',
} as const;
