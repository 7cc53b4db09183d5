/** Texts of the tour that a new window offers. */
export const tour = {
  region: 'Tour',
  start: 'Start the tour',
  setting: 'Tour',
  settingHint: 'Three short steps: what a task is, what the tray shows, and where you see a failure.',
  step: (step: number, of: number) => `Step ${step} of ${of}`,
  skip: 'Skip the tour',
  back: 'Back',
  next: 'Next',
  done: 'Done',
  tasks: {
    title: 'A task is something to run, and when',
    body: 'It is a command, an HTTP request or a tool of an MCP server, with a schedule in plain words. Make one with New task (the plus sign), or begin with a recipe. It also runs while this window is closed.',
    action: 'Show the recipes',
  },
  tray: {
    title: 'The tray shows how your tasks are doing',
    body: 'Close the window, and the app stays in the tray. Its menu lists what runs now, what runs next and what is failing, and it pauses everything.',
    absent:
      'This desktop has no tray, so the app keeps running without an icon after you close the window. Open it again to see what runs now, what runs next and what is failing.',
  },
  failures: {
    title: 'You are notified of a failure',
    body: 'A notification names the task and what the program said. A click on it opens the log at the line that failed. Overview lists the failing tasks until they succeed again.',
    action: 'Choose notifications',
  },
} as const;
