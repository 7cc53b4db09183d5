const spellings =
  /^(?:(?:runs? )?(?:only )?(?:on[ -]demand|on request|manual(?:ly)?|by hand|when (?:i|we|you) (?:run|start|trigger) it(?: myself| ourselves| yourself)?|when (?:triggered|requested))|no schedule|without (?:a )?schedule|unscheduled|not scheduled)$/;

/** Returns whether a phrase says that a task has no schedule: `on demand`, `manually`, `only when I run it`. */
export function saysOnDemand(text: string): boolean {
  const normal = text.trim().toLowerCase().replace(/[.!]$/, '').replace(/\s+/g, ' ');
  return spellings.test(normal);
}
