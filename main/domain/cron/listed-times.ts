/**
 * With this many runs a day or fewer, the times are meant as they are, "at 2:00 and 2:30": sentences list them, and a
 * clock change does not repeat them. With more, it is an interval.
 */
export const MOST_LISTED_TIMES = 6;
