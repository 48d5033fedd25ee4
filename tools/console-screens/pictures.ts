import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { LocalStage } from '../local-stage/local-stage';
import { SCREENS_UNDER_TEST, THEMES } from './checks';
import { signedInPage } from './signed-in-page';

/** The screens that docs/console.md shows. */
const SHOWN = [
  'review', 'replies', 'reply', 'chats', 'answer', 'conversation', 'companies', 'health', 'proof', 'conversations', 'audit',
];

/** Takes the pictures of the main screens, light and dark. */
export async function takePictures({ consoleUrl = '' }: LocalStage, browser: Browser, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const theme of THEMES) {
    for (const { name, person, open } of SCREENS_UNDER_TEST.filter((screen) => SHOWN.includes(screen.name))) {
      const { page } = await signedInPage(browser, consoleUrl, person, {
        theme,
        viewport: { width: 1280, height: 800 },
      });
      await open(page, consoleUrl);
      if (name === 'review') await page.locator('.claim').first().focus();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(folder, `${name}-${theme}.png`) });
      await page.context().close();
    }
  }
}
