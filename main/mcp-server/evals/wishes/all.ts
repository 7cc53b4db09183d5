import type { Wish } from '../wish.ts';
import { existingTaskWishes } from './existing-tasks.ts';
import { newTaskWishes } from './new-tasks.ts';
import { scheduleWishes } from './schedules.ts';

/** The sixty wishes. */
export const wishes: readonly Wish[] = [...scheduleWishes, ...newTaskWishes, ...existingTaskWishes];
