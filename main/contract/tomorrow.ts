/** Returns 9:00 tomorrow in this machine's time zone as an ISO instant, for "Pause all until tomorrow, 9:00". */
export function tomorrowMorning(nowMs: number): string {
  const morning = new Date(nowMs);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(9, 0, 0, 0);
  return morning.toISOString();
}
