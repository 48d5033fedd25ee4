import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/ports/clock';

export const SHELL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => setTimeout(milliseconds),
};
