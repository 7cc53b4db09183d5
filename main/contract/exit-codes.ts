/** The CLI's exit codes. In a file of their own, so that starting the command line loads no schemas. */
export const exitCodes = {
  done: 0,
  runFailed: 1,
  usage: 2,
  notFound: 3,
  store: 4,
  osScheduler: 5,
} as const;
