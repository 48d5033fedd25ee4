import type { Browser, Page } from 'playwright-core';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../local-stage/local-stage';
import { LOCAL_STAGE } from '../local-stage/local-stage';
import { sendToReview } from './held-messages';
import { signedInPage } from './signed-in-page';

/** Reviews that are gone through to measure one; more wait, so that none is met twice. */
const REVIEWS = 40;

/** The page takes no key sooner after a message came, so no reviewer is faster. */
const PACE_MILLISECONDS = 700;

/** What a person waits for, in milliseconds. */
export interface PageFigures {
  /** From the address to the list of what waits, by a function that has to start. */
  readonly firstScreen: number;
  /** From the key to the next message, of 95 in a hundred. */
  readonly betweenReviews: number;
}

/** Figures and no test: a busy machine is slower. */
export async function measureFigures(stage: LocalStage, browser: Browser): Promise<PageFigures> {
  const { consoleUrl = '', cloud } = stage;
  const { page } = await signedInPage(browser, consoleUrl, 'robin.reviewer');
  await sendToReview(stage, REVIEWS + 5);
  await page.goto(`${consoleUrl}/review`);
  await page.locator('tbody tr').nth(REVIEWS).waitFor();
  // The next call starts a process of the function anew.
  cloud.functions.kill(resourceNames(LOCAL_STAGE).console);
  const opened = performance.now();
  await page.goto(`${consoleUrl}/review`);
  await page.locator('tbody a').first().waitFor();
  const firstScreen = performance.now() - opened;
  const betweenReviews = await goThrough(page);
  await page.context().close();
  return { firstScreen, betweenReviews };
}

async function goThrough(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.locator('.panes').waitFor();
  const taken: number[] = [];
  for (let review = 0; review < REVIEWS; review += 1) {
    await page.waitForTimeout(PACE_MILLISECONDS);
    // What is on the screen is marked, so that it is not taken for the next.
    await page.evaluate("document.querySelector('.review').dataset.gone = ''");
    const began = performance.now();
    await page.keyboard.press('s');
    await page.locator('.review:not([data-gone]) .panes').waitFor();
    taken.push(performance.now() - began);
  }
  const sorted = taken.sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

export function figureLines({ firstScreen, betweenReviews }: PageFigures): readonly string[] {
  return [
    `first screen, the function cold: ${Math.round(firstScreen)} ms (target 1,500)`,
    `from one review to the next, 95 of 100: ${Math.round(betweenReviews)} ms (target 150)`,
  ];
}
