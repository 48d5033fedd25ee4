import type { Page } from 'playwright-core';
import type { LocalStage } from '../local-stage/local-stage';
import { SAMPLE } from '../local-stage/sample/company';
import { sendSample } from '../local-stage/sample/send-sample';
import { addFacts, addHostileProject, ageRoles, ENDLESS, holdOne, HOSTILE, HOSTILE_PROJECT, SCRIPT } from './arranged-input';
import type { ScreenCheck } from './checks';
import { SCREENS_UNDER_TEST } from './checks';
import { approveByKeys, hold, openFirst, REVIEWER, SETTLED, UNDO, until, waiting } from './review-checks';
import { signedInPage } from './signed-in-page';

const MANY = 100;

const hundred: ScreenCheck = {
  name: `${MANY} reviews in a row by the keyboard, each message approved once and sent once`,
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page, complaints } = await signedInPage(browser, url, REVIEWER);
    const approved: string[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/approve') && response.status() === 200) approved.push(response.url());
    });
    await hold(stage, page, MANY);
    await openFirst(page, url);
    const faults: string[] = [];
    const isDone = () => new Set(approved).size >= MANY;
    for (let looks = 0; !isDone() && looks < 6 * MANY; looks += 1) {
      // A page of the list holds fifty; the next ones come with a fresh list. A page that is left forgets what is held.
      if (!page.url().includes('/review/')) {
        await allSent(page);
        if (isDone()) break;
        await openFirst(page, url);
      }
      // The sample holds some that cannot be proved.
      if (!(await approveByKeys(page))) await page.keyboard.press('s');
      await page.waitForTimeout(SETTLED);
    }
    await allSent(page);
    if (!isDone()) faults.push(`${new Set(approved).size} of ${MANY} messages were approved`);
    if (approved.length !== new Set(approved).size) faults.push('a message was approved twice');
    await page.context().close();
    return [...faults, ...complaints.map((words) => `the page complained: ${words}`)];
  },
};

/** Until no decision is held or on its way. */
async function allSent(page: Page): Promise<void> {
  const onTheirWay = page.getByText(/It is sent in five seconds|Sending\./);
  await until(page, 'every decision was sent', async () => (await onTheirWay.count()) === 0);
}

const FACTS = 10_000;

const manyFacts: ScreenCheck = {
  name: `${FACTS.toLocaleString('en-GB')} facts: the message opens, a fact is found by its words`,
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page, complaints } = await signedInPage(browser, url, REVIEWER);
    const key = await holdOne(stage, page, {});
    await addFacts(stage, key, FACTS);
    // Until it waited, looking for it was answered by a refusal.
    complaints.length = 0;
    const faults: string[] = [];
    await page.goto(`${url}/review/${key}`);
    if (!(await appears(page.locator('.panes'), 60_000))) return ['the message with so many facts does not open'];
    await page.getByPlaceholder('Find a fact').fill(`facts.${FACTS - 1}`);
    if (!(await appears(page.locator('.facts').getByText(`project_data.facts.${FACTS - 1}`)))) {
      faults.push('the last fact was not found by its words');
    }
    await page.context().close();
    return [...faults, ...complaints.map((words) => `the page complained: ${words}`)];
  },
};

const hostile: ScreenCheck = {
  name: 'hostile, right-to-left and endless words in every field are shown as what they are, on every screen',
  run: async (stage, browser) => {
    await addHostileProject(stage);
    const facts = { job_title: `${SCRIPT}x`, note: ENDLESS, list: [HOSTILE, ENDLESS], [ENDLESS.slice(0, 200)]: HOSTILE };
    const reviewer = await signedInPage(browser, stage.consoleUrl ?? '', REVIEWER);
    await holdOne(stage, reviewer.page, facts, HOSTILE_PROJECT);
    await reviewer.page.context().close();
    await sendSample(stage, {
      channel: 'sms', telephone: '+447700900241', reply: `${HOSTILE} ${ENDLESS} Can I talk to somebody please?`,
    });
    const faults: string[] = [];
    for (const screen of SCREENS_UNDER_TEST) {
      const { page, complaints } = await signedInPage(browser, stage.consoleUrl ?? '', screen.person);
      await screen.open(page, stage.consoleUrl ?? '');
      if (screen.name === 'review' || screen.name === 'reply') await openHostile(stage, page, screen.name);
      faults.push(...(await judged(page)).map((words) => `${screen.name}: ${words}`));
      faults.push(...complaints.map((words) => `${screen.name}: the page complained: ${words}`));
      await page.context().close();
    }
    return faults;
  },
};

/** The newest of what waits is the one that was just made. */
async function openHostile(stage: LocalStage, page: Page, name: 'review' | 'reply'): Promise<void> {
  await page.goto(`${stage.consoleUrl ?? ''}${name === 'review' ? '/review' : '/replies'}`);
  await page.locator('tbody a').last().click();
  await page.locator(name === 'review' ? '.panes' : '[role=log]').waitFor();
  await page.waitForLoadState('networkidle');
}

async function judged(page: Page): Promise<readonly string[]> {
  const wide: unknown = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const text: unknown = await page.evaluate('document.body.innerText');
  const unseen = /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/.exec(String(text));
  return [
    ...((await page.title()).includes('attacked') ? ['the words of others ran as a script'] : []),
    ...((await page.locator('img[src=x]').count()) > 0 ? ['the words of others became an element'] : []),
    ...(Number(wide) > 0 ? [`a word without a space makes the page ${String(wide)} pixels too wide`] : []),
    ...(unseen ? [`an unseen character (${escape(unseen[0])}) stands on the page`] : []),
  ];
}

const roleTaken: ScreenCheck = {
  name: 'a role that is taken away while its person looks at a message decides nothing, and the page says so',
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page } = await signedInPage(browser, url, 'sasha.reviewer');
    await hold(stage, page, 1);
    await openFirst(page, url);
    const before = await waiting(page);
    const groups = [`reviewer:${SAMPLE.companyId}`];
    stage.issuer.setGroups('sasha.reviewer', []);
    await ageRoles(stage, 'sasha.reviewer');
    await approveByKeys(page);
    const isTold = await appears(page.getByText(/roles do not/i), UNDO + 10_000);
    stage.issuer.setGroups('sasha.reviewer', groups);
    await page.context().close();
    const other = await signedInPage(browser, url, REVIEWER);
    const left = await waiting(other.page);
    await other.page.context().close();
    return [
      ...(isTold ? [] : ['the page does not say that the role is gone']),
      ...(left === before ? [] : ['something was decided without the role']),
    ];
  },
};

const newVersion: ScreenCheck = {
  name: 'a new version while a page is open is told by a banner, and the page goes on working',
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page } = await signedInPage(browser, url, REVIEWER);
    await hold(stage, page, 1);
    await page.route('**/console/api/me', async (route) => {
      const answer = await route.fetch();
      const body: unknown = await answer.json();
      await route.fulfill({ response: answer, json: { ...Object(body), version: 'another' } });
    });
    await openFirst(page, url);
    const faults: string[] = [];
    if (!(await appears(page.getByText('A new version of the console is there')))) faults.push('no banner tells of it');
    const before = await waiting(page);
    await approveByKeys(page);
    await page.waitForTimeout(UNDO + 2_000);
    if ((await waiting(page)) !== before - 1) faults.push('the open page does not decide any more');
    await page.context().close();
    return faults;
  },
};

const KEYS = [
  'e', 'n', 'n', 'n', 'r', 's', 'z', '?', 'Enter', 'Escape', 'Tab', 'Control+Enter', 'Control+Enter', '1', '9', 'a',
];
const PRESSES = 1_000;

const randomApprovals: ScreenCheck = {
  name: `${PRESSES} random keys with Ctrl+Enter among them approve nothing that was not shown as it is sent`,
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const { page } = await signedInPage(browser, url, REVIEWER);
    const shown = new Map<string, string>();
    const faults: string[] = [];
    page.on('response', (response) => void noteShown(response.url(), async () => response.json(), shown));
    page.on('request', (request) => {
      const [, key, step] = /\/reviews\/([\w-]+)\/(approve)$/.exec(request.url()) ?? [];
      if (step === undefined || key === undefined) return;
      const body: unknown = request.postDataJSON();
      if (shown.get(key) !== Object(body).shown) faults.push(`${key} was approved and not what was shown`);
    });
    await openFirst(page, url);
    let seed = 20_261_201;
    for (let press = 0; press < PRESSES; press += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      await page.keyboard.press(KEYS[Math.floor((seed / 2_147_483_648) * KEYS.length)] ?? 'n');
      if (press % 100 === 0 && !page.url().includes('/review/')) await page.goto(`${url}/review`);
    }
    await page.waitForTimeout(UNDO + SETTLED);
    await page.context().close();
    return faults;
  },
};

async function noteShown(url: string, body: () => Promise<unknown>, shown: Map<string, string>): Promise<void> {
  const [, key] = /\/reviews\/([\w-]+)$/.exec(url) ?? [];
  if (key === undefined) return;
  const item: unknown = await body().catch(() => undefined);
  const { shown: hash }: { readonly shown?: unknown } = Object(item);
  if (typeof hash === 'string') shown.set(key, hash);
}

async function appears(
  place: ReturnType<Page['locator']>, timeout = 20_000,
): Promise<boolean> {
  return place.first().waitFor({ timeout }).then(() => true, () => false);
}

export const BAD_INPUT: readonly ScreenCheck[] = [
  newVersion, roleTaken, hundred, manyFacts, randomApprovals, hostile,
];
