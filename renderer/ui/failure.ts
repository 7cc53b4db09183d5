/** Statuses that need a person's attention. */
export const isFailure = (status: string | undefined): boolean =>
  status === 'failure' || status === 'timeout' || status === 'interrupted';
