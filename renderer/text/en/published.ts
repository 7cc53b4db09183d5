/** The files that the app keeps up to date for other programs. */
export const published = {
  title: 'Calendar and metrics',
  none: 'None',
  absolute: 'Enter an absolute path, such as /home/me/tasks.ics.',
  calendarFile: 'Calendar file',
  calendarFileHint:
    'Kept up to date with an event for each slot of the next 30 days. Subscribe to it in your calendar.',
  calendarPastDays: 'Days of past runs in the calendar',
  calendarPastDaysHint: 'Past runs are shown with their outcome. 0 shows none.',
  metricsFile: 'Metrics file',
  metricsFileHint:
    'Kept up to date for Prometheus’ node_exporter. Every user of this computer can read the names of tasks in it.',
};
