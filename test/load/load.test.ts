import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStage } from '../flow/local-stage-of-tests';
import { movableClock } from '../support/movable-clock';
import { loadTable } from './load-report';
import { complaintsOf } from './replies/judge-replies';
import { writeReliability } from './reliability-page';
import { runLoad } from './run-load';

const REQUESTS = 60;
/** Each process of a function costs more than the requests. */
const ANSWERED = 24;

describe('a small load run', () => {
  test('with failing vendors, a killed process and duplicates loses nothing and doubles nothing', async () => {
    const clock = movableClock('.local/test-load');
    const stage = await startStage('load', {}, { functionEnvironment: clock.environment });
    try {
      const report = await runLoad(stage, clock, {
        requests: REQUESTS,
        seed: 3,
        clients: 8,
        minutes: 5,
        onProgress: () => undefined,
      });
      expect(report).toMatchObject({
        requests: REQUESTS,
        doubled: [],
        lost: [],
        postedTwice: 3,
        faults: { vendorErrors: 3, queueDuplicates: 3 },
      });
      expect(report.accepted).toHaveLength(REQUESTS);
      expect(report.sent + report.unconfirmedTaken.length + report.unconfirmedNotTaken).toBe(REQUESTS);
      expect(report.failed.size).toBe(0);
      expect(report.unconfirmedNotTaken).toBeLessThanOrEqual(3);
      expect(loadTable(report).join('\n')).toContain(`| accepted (HTTP 200) | ${REQUESTS} |`);
    } finally {
      await stage.stop();
      clock.restore();
    }
  });

  test('with replies and cards, a failing endpoint and killed processes loses no answer and no event, doubles no reply and is silent when told', async () => {
    const clock = movableClock('.local/test-load-replies');
    const stage = await startStage('load-replies', {}, { functionEnvironment: clock.environment });
    try {
      const report = await runLoad(stage, clock, {
        requests: ANSWERED, seed: 5, clients: 4, minutes: 5, failingEndpoint: 0.05, onProgress: () => undefined,
      });
      expect(complaintsOf(report.replies)).toEqual([]);
      expect(report).toMatchObject({ doubled: [], lost: [] });
      expect(report.replies).toMatchObject({
        doubledReplies: 1, notTaken: 0, cards: { doubled: [], afterTakeover: [] },
      });
      // A question that its vendor never had is asked of nobody, so the number is not known before.
      expect(report.replies?.cards.asked).toBeGreaterThan(0);
      expect(report.replies?.cards.taken).toBeGreaterThan(0);
      expect(report.replies?.answered).toBe(report.sent + report.unconfirmedTaken.length);
      expect(report.replies?.receiver.failures).toBeGreaterThan(0);
      expect(report.replies?.events).toBeGreaterThan(5 * ANSWERED);
    } finally {
      await stage.stop();
      clock.restore();
    }
  });

  test('puts its table between the page\'s markers and leaves the rest alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    const page = join(folder, 'reliability.md');
    writeReliability(page, ['| a |']);
    writeReliability(page, ['| b |']);
    const text = readFileSync(page, 'utf8');
    expect(text).toContain('# Reliability');
    expect(text.match(/## The load run/g)).toHaveLength(1);
    expect(text).toContain('| b |');
    expect(text).not.toContain('| a |');
    rmSync(folder, { recursive: true });
    expect(existsSync(page)).toBe(false);
  });
});
