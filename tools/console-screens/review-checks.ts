import type { Page } from 'playwright-core';
import type { LocalStage } from '../local-stage/local-stage';
import { SAMPLE } from '../local-stage/sample/company';
import type { ScreenCheck } from './checks';
import { sendToReview } from './held-messages';
import { signedInPage } from './signed-in-page';

export const REVIEWER = 'robin.reviewer';
/** As the page has it: a key before it counts for nothing, and a decision leaves after it. */
export const SETTLED = 700;
export const UNDO = 5_000;

/** Messages that one page of the list holds. */
const PAGE = 50;

/** Messages that wait, as the console's own list has them. */
export async function waiting(page: Page): Promise<number> {
  const count: unknown = await page.evaluate(
    `fetch('/console/api/reviews?company=${SAMPLE.companyId}').then((a) => a.json()).then((b) => b.waiting.length)`,
  );
  return Number(count);
}

export async function hold(stage: LocalStage, page: Page, count: number): Promise<void> {
  const before = await waiting(page);
  await sendToReview(stage, count);
  await until(page, `${count} more messages wait`, async () => (await waiting(page)) >= Math.min(PAGE, before + count));
}

/** Milliseconds after which what a check waits for does not come any more. */
const LONGEST_WAIT = 60_000;

/** Waits until something holds; throws in words what did not come. */
export async function until(page: Page, what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 250) {
    if (waited > LONGEST_WAIT) throw new Error(`Timed out after ${LONGEST_WAIT / 1000} s waiting until ${what}.`);
    await page.waitForTimeout(250);
  }
}

export async function openFirst(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/review`);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.locator('.panes').waitFor();
  await page.waitForTimeout(SETTLED);
}

/** Looks at each flagged claim by the key for it, then approves; answers whether it could. */
export async function approveByKeys(page: Page): Promise<boolean> {
  const address = page.url();
  const flagged = await page.locator('.claim-flagged').count();
  for (let claim = 0; claim < flagged; claim += 1) await page.keyboard.press('n');
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(100);
  return page.url() !== address;
}

const byKeyboard: ScreenCheck = {
  name: 'a message is reviewed by the keyboard alone: approved, undone, rejected',
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page } = await signedInPage(browser, url, REVIEWER);
    await hold(stage, page, 3);
    await openFirst(page, url);
    const faults: string[] = [];
    const before = await waiting(page);
    if (!(await approveByKeys(page))) faults.push('Ctrl+Enter did not approve and go to the next');
    await page.locator('.panes').waitFor();
    await page.waitForTimeout(SETTLED);
    await page.keyboard.press('z');
    await page.waitForTimeout(UNDO + SETTLED);
    await page.locator('.panes').waitFor();
    if ((await waiting(page)) !== before) faults.push('a decision that was undone was sent all the same');
    await page.keyboard.press('r');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('2');
    const reject = page.getByRole('dialog').getByRole('button', { name: 'Reject' });
    if (!(await reject.isEnabled())) faults.push('the number of a reason did not choose it');
    await reject.focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(UNDO + 2_000);
    if ((await waiting(page)) !== before - 1) faults.push('a rejected message waits still');
    await page.context().close();
    return faults;
  },
};

const guarded: ScreenCheck = {
  name: 'nothing is decided by accident: a key right after a message came, a key held down, a claim that was not looked at',
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page } = await signedInPage(browser, url, REVIEWER);
    await page.goto(`${url}/review`);
    const faults: string[] = [];
    const before = await waiting(page);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.locator('.panes').waitFor();
    await page.keyboard.press('Control+Enter');
    const address = page.url();
    await page.waitForTimeout(SETTLED);
    if (page.url() !== address) faults.push('a key right after the message came decided about it');
    await page.evaluate(
      `document.querySelector('.review').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat: true, bubbles: true }))`,
    );
    if (page.url() !== address) faults.push('a key that is held down decided');
    await page.waitForTimeout(UNDO);
    if ((await waiting(page)) !== before) faults.push('something was decided');
    await page.context().close();
    return faults;
  },
};

const KEYS = [
  'e',
  'n',
  'r',
  's',
  'z',
  '?',
  'Enter',
  'Escape',
  'Tab',
  'Space',
  '1',
  '2',
  '9',
  'ArrowDown',
  'a',
  'Backspace',
];
const PRESSES = 1_000;

/** Ctrl+Enter is left out: that is what approves. */
const random: ScreenCheck = {
  name: `${PRESSES} random keys approve nothing`,
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page } = await signedInPage(browser, url, REVIEWER);
    const posted: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/approve')) posted.push(request.url());
    });
    await openFirst(page, url);
    let seed = 20_261_130;
    for (let press = 0; press < PRESSES; press += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      await page.keyboard.press(KEYS[Math.floor((seed / 2_147_483_648) * KEYS.length)] ?? 'n');
      if (press % 100 === 0 && !page.url().includes('/review/')) await openFirst(page, url);
    }
    await page.waitForTimeout(UNDO + SETTLED);
    await page.context().close();
    return posted.map((address) => `random keys approved ${address}`);
  },
};

const race: ScreenCheck = {
  name: 'two reviewers of one message: one decides, the other is told who it was',
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const [one, other] = await Promise.all([
      signedInPage(browser, url, REVIEWER),
      signedInPage(browser, url, 'sasha.reviewer'),
    ]);
    await hold(stage, one.page, 1);
    await openFirst(one.page, url);
    await other.page.goto(one.page.url());
    await other.page.locator('.panes').waitFor();
    await other.page.waitForTimeout(SETTLED);
    await Promise.all([approveByKeys(one.page), approveByKeys(other.page)]);
    const told = async (page: Page) => page.getByText(/reviewer@example\.com approved it/).isVisible();
    await one.page.waitForTimeout(UNDO + 3_000);
    const tellings = await Promise.all([told(one.page), told(other.page)]);
    await Promise.all([one, other].map(async ({ page }) => page.context().close()));
    return tellings.filter(Boolean).length === 1
      ? []
      : [`${tellings.filter(Boolean).length} of two reviewers were told who decided, and not one`];
  },
};

const away: ScreenCheck = {
  name: 'without a network the page says so, and decides nothing',
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page } = await signedInPage(browser, url, REVIEWER);
    const before = await waiting(page);
    await openFirst(page, url);
    await page.context().setOffline(true);
    await approveByKeys(page);
    await page.waitForTimeout(UNDO + 2_000);
    const isTold = await page.getByText('could not be reached').first().isVisible();
    await page.context().setOffline(false);
    const left = await waiting(page);
    await page.context().close();
    return [
      ...(isTold ? [] : ['the page did not say that the engine is out of reach']),
      ...(left === before ? [] : ['something was decided without a network']),
    ];
  },
};

export const REVIEWS: readonly ScreenCheck[] = [guarded, away, byKeyboard, race, random];
