/** The exit codes of the command line. In their own file, so that starting it loads no schemas. */
export const exitCodes = {
  done: 0,
  runFailed: 1,
  usage: 2,
  notFound: 3,
  store: 4,
  osScheduler: 5,
} as const;
