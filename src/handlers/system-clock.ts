import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/ports/clock';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};
