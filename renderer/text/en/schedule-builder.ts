const ordinals = ['first', 'second', 'third', 'fourth'] as const;

export const scheduleBuilder = {
  open: 'Pick from a form',
  close: 'Type a schedule',
  region: 'Schedule builder',
  every: 'Repeat',
  kinds: { minutes: 'Minutes', hours: 'Hours', day: 'Day', week: 'Week', month: 'Month', once: 'Once' },
  stepMinutes: 'Every',
  stepHours: 'Every',
  minutes: (step: number) => (step === 1 ? 'every minute' : `every ${step} minutes`),
  hours: (step: number) => (step === 1 ? 'every hour' : `every ${step} hours`),
  minute: 'Minutes past the hour',
  time: 'At',
  weekdays: 'On',
  dayOfMonth: 'On day',
  date: 'Date',
  lastDay: 'last day',
  nth: (nth: number, weekday: string) => `${ordinals[nth - 1] ?? nth} ${weekday}`,
} as const;
