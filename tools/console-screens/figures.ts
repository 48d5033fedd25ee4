import type { Browser } from 'playwright-core';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../local-stage/local-stage';
import { LOCAL_STAGE } from '../local-stage/local-stage';
import { signedInPage } from './signed-in-page';

/** Reviews that are skipped through to measure one. */
const REVIEWS = 40;

/** What a person waits for, in milliseconds; targets, and no test: a busy machine is slower. */
export async function measureFigures(
  { consoleUrl = '', cloud }: LocalStage, browser: Browser,
): Promise<readonly string[]> {
  const { page } = await signedInPage(browser, consoleUrl, 'robin.reviewer');
  // The next call starts a process of the function anew.
  cloud.functions.kill(resourceNames(LOCAL_STAGE).console);
  const opened = performance.now();
  await page.goto(`${consoleUrl}/review`);
  await page.locator('tbody a').first().waitFor();
  const first = performance.now() - opened;
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.locator('.panes').waitFor();
  const taken: number[] = [];
  for (let review = 0; review < REVIEWS; review += 1) {
    const before = page.url();
    const began = performance.now();
    await page.getByRole('button', { name: /^Skip/ }).click();
    await page.waitForURL((url) => url.href !== before);
    await page.locator('.panes').waitFor();
    taken.push(performance.now() - began);
  }
  await page.context().close();
  const sorted = taken.sort((one, other) => one - other);
  const slowest = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  return [
    `first screen, the function cold: ${Math.round(first)} ms (target 1,500)`,
    `from one review to the next, 95 of 100: ${Math.round(slowest)} ms (target 150)`,
  ];
}
