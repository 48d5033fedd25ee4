import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../../tools/console-page/build-page';
import { chromiumPath, openChromium } from '../../tools/console-screens/chromium';
import { measureFigures } from '../../tools/console-screens/figures';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { fillSample } from '../../tools/local-stage/sample/fill-sample';
import { signIn } from '../flow/console-calls';
import type { BenchStage } from './bench-stage';
import { openBenchStage } from './bench-stage';
import { consoleRows, SKIPPED } from './console-rows';
import { sum } from './figures';
import { sendMessages } from './message-run';
import type { BenchContext, Section } from './section';

/** As many as a page of the console lists. */
const PAGE = 50;

const KILOBYTE = 1024;

/** What a person at the console waits for, what a page of its lists reads, and what its script weighs. */
export async function benchConsole({ assemblyFolder, onProgress }: BenchContext): Promise<Section> {
  const stage = await openBenchStage({ assemblyFolder });
  try {
    onProgress('Console: a page of conversations …');
    const list = await readsOfAPage(stage);
    onProgress('Console: screens …');
    const screens = await figuresOfScreens(stage);
    if (screens.consoleFirstScreenMilliseconds === undefined) onProgress(`Console: screens ${SKIPPED}`);
    const script = await scriptBytes();
    return {
      name: 'console',
      title: 'Console',
      notes: [
        'In Chromium on the embedded cloud: from the address to the list of what waits, and from the key to the next '
          + 'message, at the pace that the page allows. Without Chromium both are SKIPPED. A page of conversations is '
          + "counted in DynamoDB's own units, the read of the session among them.",
      ],
      tables: [
        {
          title: 'What a person waits for, and what it costs',
          columns: ['figure', 'measured'],
          rows: consoleRows([
            ['first screen, the function cold, ms', screens.consoleFirstScreenMilliseconds],
            ['from one review to the next, 95 of 100, ms', screens.consoleBetweenReviewsMilliseconds],
            [`read units of a page of ${PAGE} conversations`, list.units],
            ['calls to AWS of that page', list.calls],
            ['JavaScript by brotli, KB', script.brotli / KILOBYTE],
            ['JavaScript by gzip, KB', script.gzip / KILOBYTE],
          ]),
        },
      ],
      figures: {
        ...screens,
        consoleReadUnitsAPage: list.units,
        consoleScriptKilobytes: script.brotli / KILOBYTE,
      },
    };
  } finally {
    await stage.stop();
  }
}

async function readsOfAPage(stage: BenchStage) {
  await sendMessages(stage, { messages: PAGE + 10, channel: 'whatsapp', clients: 4 }, 3);
  const admin = await signIn(stage, 'casey.admin');
  stage.cloud.services.calls.clear();
  await admin.get(`/conversations?company=${SAMPLE.companyId}`);
  const own = stage.cloud.services.calls.all().filter(({ caller }) => caller.startsWith('Console'));
  return { units: sum(own.map(({ readUnits }) => readUnits)), calls: sum(own.map(({ calls }) => calls)) };
}

async function figuresOfScreens(stage: BenchStage): Promise<{
  readonly consoleFirstScreenMilliseconds?: number;
  readonly consoleBetweenReviewsMilliseconds?: number;
}> {
  const path = chromiumPath();
  if (path === undefined) return {};
  await fillSample(stage);
  const browser = await openChromium(path);
  try {
    const { firstScreen, betweenReviews } = await measureFigures(stage, browser);
    return { consoleFirstScreenMilliseconds: firstScreen, consoleBetweenReviewsMilliseconds: betweenReviews };
  } finally {
    await browser.close();
  }
}

async function scriptBytes() {
  const folder = mkdtempSync(join(tmpdir(), 'console-page-'));
  try {
    return await buildPage(process.cwd(), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
