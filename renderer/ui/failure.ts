/** Statuses that mean a person should look. */
export const isFailure = (status: string | undefined): boolean =>
  status === 'failure' || status === 'timeout' || status === 'interrupted';
