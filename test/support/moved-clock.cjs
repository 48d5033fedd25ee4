'use strict';
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

/**
 * Loaded with --require into the processes of functions, whose bundles stay as they are: their clock is ahead by as many milliseconds as the file
 * says at the time. Timers run in real time.
 */
const file = process.env.MOVED_CLOCK_FILE;
/** Milliseconds for which the file's answer is believed; a clock is read far more often than it is moved. */
const BELIEVED = 20;

const RealDate = Date;
const realNow = RealDate.now;
let ahead = 0;
let readAt = -Infinity;

function now() {
  if (performance.now() - readAt > BELIEVED) {
    ahead = Number(readFileSync(file, 'utf8'));
    readAt = performance.now();
  }
  return realNow() + ahead;
}

RealDate.now = now;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, values) => (values.length === 0 ? new target(now()) : new target(...values)),
});
