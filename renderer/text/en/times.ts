/** How times and weeks are shown. */
export const times = {
  timeFormat: 'Time format',
  timeFormats: { system: 'System', '24h': '24-hour', '12h': '12-hour' },
  firstDayOfWeek: 'First day of the week',
  firstDays: { system: 'System', monday: 'Monday', sunday: 'Sunday', saturday: 'Saturday' },
} as const;
