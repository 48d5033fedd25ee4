import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { LocalStage } from '../local-stage/local-stage';
import { signedInPage } from './signed-in-page';
import type { Console } from './signed-in-page';

/** Something that is to hold in a browser; answers what does not. */
export interface ScreenCheck {
  readonly name: string;
  run(stage: LocalStage, browser: Browser): Promise<readonly string[]>;
}

/** A screen, who looks at it, and what shows that it is there. */
interface ScreenUnderTest {
  readonly name: string;
  readonly person: string;
  open(page: Page, url: string): Promise<void>;
}

const byPath = (path: string) => async (page: Page, url: string) => {
  await page.goto(url + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
};

const firstOf = (path: string) => async (page: Page, url: string) => {
  await byPath(path)(page, url);
  await page.locator('tbody a').first().click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
};

/** The chat that the engine has answered, with what proves the answer. */
const answeredChat = async (page: Page, url: string) => {
  await byPath('/replies')(page, url);
  await page.locator('tbody tr', { hasText: ANSWERED_CHAT }).locator('a').first().click();
  await page.getByRole('button', { name: 'Why this answer' }).first().click();
  await page.locator('.proofs').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('.proofs').last().scrollIntoViewIfNeeded();
};

/** The sample's chat that cards have answered, as lists mask it. */
const ANSWERED_CHAT = 'SMS with …23';

/** The sample project that was verified. */
const verified = async (page: Page, url: string) => {
  await byPath('/companies')(page, url);
  await page.getByRole('button', { name: /^Project / }).click();
  await page.getByRole('option', { name: 'Nurses for Northfield' }).click();
  await page.getByText('by Oskar Lind').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.getByRole('table', { name: 'Checks of the project' }).getByText('webhook').first().scrollIntoViewIfNeeded();
};

/** What is typed into the form of the playground. */
const TRIED = {
  'recipient_data.recipient_first_name': 'Amara',
  'recipient_data.recipient_email': 'amara@example.com',
  'project_data.job_title': 'Staff Nurse, Intensive Care',
  'project_data.reply_by': '2027-01-15',
  'project_data.unclear_point': 'Your CV shows no work between March and September 2022.',
  'project_data.next_step': 'Please reply to this e-mail before 12 January 2027.',
} as const;

/** A request of the form's own fields, tried. */
const tried = async (page: Page, url: string) => {
  await byPath('/playground')(page, url);
  await page.getByRole('button', { name: /^Template / }).click();
  await page.getByRole('option', { name: /^E-mail: / }).click();
  for (const [path, value] of Object.entries(TRIED)) await page.getByLabel(path).fill(value);
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.locator('.proofs').first().waitFor();
  await page.locator('.proofs').last().scrollIntoViewIfNeeded();
};

export const SCREENS_UNDER_TEST: readonly ScreenUnderTest[] = [
  { name: 'reviews', person: 'robin.reviewer', open: byPath('/review') },
  { name: 'review', person: 'robin.reviewer', open: firstOf('/review') },
  { name: 'replies', person: 'avery.agent', open: byPath('/replies') },
  { name: 'reply', person: 'avery.agent', open: firstOf('/replies') },
  { name: 'chats', person: 'avery.agent', open: byPath('/replies?list=taken') },
  { name: 'answer', person: 'avery.agent', open: answeredChat },
  { name: 'conversations', person: 'casey.admin', open: byPath('/conversations') },
  { name: 'conversation', person: 'casey.admin', open: firstOf('/conversations') },
  { name: 'companies', person: 'casey.admin', open: verified },
  { name: 'playground', person: 'casey.admin', open: byPath('/playground') },
  { name: 'proof', person: 'casey.admin', open: tried },
  { name: 'health', person: 'oskar.operator', open: byPath('/health') },
  { name: 'audit', person: 'ursula.auditor', open: byPath('/audit') },
  { name: 'sessions', person: 'ursula.auditor', open: byPath('/sessions') },
];

export const THEMES = ['light', 'dark'] as const;

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, by rule and place, and what the page complained of while it was looked at. */
const looked: ScreenCheck = {
  name: 'every screen, light and dark: axe finds nothing, nothing is asked of another host, nothing breaks the policy',
  run: async (stage, browser) =>
    eachScreen(stage, browser, async (screen, console, theme) => {
      await screen.open(console.page, stage.consoleUrl ?? '');
      const found = await axe(console.page);
      return found.map((one) => `${screen.name}, ${theme}: ${one}`);
    }),
};

/** 1280 pixels at 400 % are 320 (WCAG 1.4.10). */
const zoomed: ScreenCheck = {
  name: 'every screen at 400 % zoom: nothing has to be scrolled sideways but tables',
  run: async (stage, browser) => {
    const faults: string[] = [];
    for (const screen of SCREENS_UNDER_TEST) {
      const { page } = await signedInPage(browser, stage.consoleUrl ?? '', screen.person, {
        viewport: { width: 320, height: 640 },
      });
      await screen.open(page, stage.consoleUrl ?? '');
      const wide: unknown = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (typeof wide !== 'number' || wide > 0) {faults.push(`${screen.name} is ${String(wide)} pixels too wide at 400 %`);}
      await page.context().close();
    }
    return faults;
  },
};

export const LOOKS: readonly ScreenCheck[] = [looked, zoomed];

async function eachScreen(
  stage: LocalStage,
  browser: Browser,
  look: (screen: ScreenUnderTest, console: Console, theme: (typeof THEMES)[number]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const theme of THEMES) {
    for (const person of new Set(SCREENS_UNDER_TEST.map((screen) => screen.person))) {
      const console = await signedInPage(browser, stage.consoleUrl ?? '', person, { theme });
      for (const screen of SCREENS_UNDER_TEST.filter((one) => one.person === person)) {
        faults.push(...(await look(screen, console, theme)));
      }
      faults.push(...console.complaints.map((words) => `${person}, ${theme}: the page complained: ${words}`));
      faults.push(...console.foreign.map((url) => `${person}, ${theme}: the page asked ${url}`));
      await console.page.context().close();
    }
  }
  return faults;
}

/** As if typed into the page by its developer: the page's own policy keeps scripts of others out. */
async function axe(page: Page): Promise<readonly string[]> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(axeSource);
  const found: unknown =
    await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`);
  return Array.isArray(found) ? found.map(String) : ['axe gave no answer'];
}
