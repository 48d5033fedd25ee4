'use strict';
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

/** Milliseconds for which the file's answer is believed; a clock is read far more often than it is moved. */
const BELIEVED = 20;

/**
 * Puts a realm's clock ahead by as many milliseconds as the file says at the time. Loaded with --require into the processes of functions, whose
 * bundles stay as they are; timers run in real time.
 */
function moveClock(realm, file) {
  const RealDate = realm.Date;
  let ahead = 0;
  let readAt = -Infinity;
  const now = () => {
    if (performance.now() - readAt > BELIEVED) {
      ahead = Number(readFileSync(file, 'utf8'));
      readAt = performance.now();
    }
    return RealDate.now() + ahead;
  };
  realm.Date = new Proxy(RealDate, {
    construct: (target, values, called) => Reflect.construct(target, values.length === 0 ? [now()] : values, called === realm.Date ? target : called),
    get: (target, name) => (name === 'now' ? now : target[name]),
  });
  return () => { realm.Date = RealDate; };
}

module.exports = { moveClock };

if (process.env.MOVED_CLOCK_FILE) moveClock(globalThis, process.env.MOVED_CLOCK_FILE);
