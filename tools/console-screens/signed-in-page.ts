import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface Console {
  readonly page: Page;
  /** What the page complained of: errors, and what its policy kept out. */
  readonly complaints: string[];
  /** Addresses of other hosts that the page asked for. */
  readonly foreign: string[];
}

/** Milliseconds for one step in the browser: for one that never ends, and not for a machine that is busy. */
const LONGEST_STEP = 90_000;

export interface ConsoleOptions extends BrowserContextOptions {
  readonly theme?: 'light' | 'dark';
}

/** A browser of its own in which one of the local issuer's people is signed in. */
export async function signedInPage(
  browser: Browser,
  consoleUrl: string,
  personId: string,
  { theme = 'light', ...options }: ConsoleOptions = {},
): Promise<Console> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_STEP);
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy|trusted/i.test(message.text())) {complaints.push(message.text());}
  });
  page.on('pageerror', (fault) => {
    complaints.push(fault.message);
  });
  await page.goto(`${consoleUrl}/`);
  await page
    .getByRole('link', { name: 'Sign in' })
    .or(page.getByRole('button', { name: 'Sign in' }))
    .first()
    .click();
  await page.locator(`a[href*="person=${personId}"]`).click();
  await page.waitForURL(`${consoleUrl}/**`);
  await page.getByRole('navigation', { name: 'Screens' }).first().waitFor({ state: 'attached' });
  // From here on: the provider is behind.
  complaints.length = 0;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(consoleUrl) && !url.startsWith('data:')) foreign.push(url);
  });
  return { page, complaints, foreign };
}
