const things = (count: number) => (count === 1 ? '1 thing' : `${count} things`);

export const checks = {
  check: 'Check now',
  checking: 'Checking…',
  fix: 'Fix',
  fixing: 'Fixing…',
  fixHint: 'Installs the missing entries again and mends the changed ones.',
  allWell: (count: number, when: string) => `${count} checks ${when}: all is as it should be.`,
  allFixed: (count: number) => (count === 0 ? 'Nothing was wrong.' : `Put right: ${things(count)}.`),
  someLeft: (fixed: number, left: number) =>
    `Put right: ${fixed === 0 ? 'nothing' : things(fixed)}. Still wrong: ${things(left)}, see the overview.`,
  status: { ok: 'as it should be', warning: 'worth a look', problem: 'wrong' },
  fixed: 'put right',
} as const;
