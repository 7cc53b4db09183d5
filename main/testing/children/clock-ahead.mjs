// Loaded before a program under test (`node --import`): its clock is ahead by NCP_TEST_CLOCK_AHEAD_MS, so that a test need
// not wait for a whole minute until a slot falls due.
const aheadMs = Number(process.env.NCP_TEST_CLOCK_AHEAD_MS);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  /** @param {[]} given */
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + aheadMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + aheadMs;
  }
};
