import type { Page } from 'playwright-core';
import { recordKey } from '../../src/console-api/routes/record-key';
import type { LocalStage } from '../local-stage/local-stage';
import { sendSample } from '../local-stage/sample/send-sample';
import type { ScreenCheck } from './checks';
import { until } from './review-checks';
import { signedInPage } from './signed-in-page';

const AGENT = 'avery.agent';
const SECOND_AGENT = 'blake.agent';
const ASKS = 'Can I talk to somebody about this please?';

/** A chat whose recipient asks for a person, open in a page. */
async function openChat(stage: LocalStage, page: Page, telephone: string): Promise<string> {
  const id = await sendSample(stage, { channel: 'sms', telephone, reply: ASKS });
  const url = `${stage.consoleUrl ?? ''}/replies/${recordKey(id)}`;
  await page.goto(url);
  const heard = page.getByRole('log').getByText(ASKS);
  // A reply comes by the next poll at the latest.
  await until(page, 'the reply stands in the chat', async () => {
    if (await heard.isVisible()) return true;
    await page.reload();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return heard.isVisible();
  });
  return url;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const answered: ScreenCheck = {
  name: 'an agent takes a chat over, answers in own words by the keyboard, returns it and marks it as done',
  run: async (stage, browser) => {
    const { page, complaints } = await signedInPage(browser, stage.consoleUrl ?? '', AGENT);
    await openChat(stage, page, '+447700900231');
    const faults: string[] = [];
    const field = page.getByLabel('Your answer');
    if (await field.isEnabled()) faults.push('words can be written before the chat is taken over');
    await button(page, 'Take over').press('Enter');
    if (!(await appears(page, 'The engine is silent'))) faults.push('the page does not say that the engine is silent');
    await field.fill('Friday at ten is fine.');
    await button(page, 'Send').press('Enter');
    if (!(await appears(page, 'It is on its way'))) faults.push('the page does not say that the answer is on its way');
    const line = page.getByRole('log').getByText('Friday at ten is fine.');
    await line.waitFor({ timeout: 20_000 }).catch(() => faults.push('the answer did not become a line of the chat'));
    await button(page, 'Return it to the engine').press('Enter');
    if (!(await appears(page, 'The engine reads it'))) faults.push('the chat was not returned');
    // What was returned is read anew; a key that comes before the button is back does nothing.
    for (let presses = 0; presses < 3; presses += 1) {
      await button(page, 'Mark as done').press('Enter', { timeout: 5_000 }).catch(() => undefined);
      if (await page.getByText('Marked as done').first().isVisible()) break;
      await page.waitForTimeout(2_000);
    }
    if (!(await appears(page, 'Marked as done'))) faults.push('the replies were not marked as done');
    faults.push(...complaints.map((words) => `the page complained: ${words}`));
    await page.context().close();
    return faults;
  },
};

const raced: ScreenCheck = {
  name: 'two agents of one chat: one has it, the other sees who, live, and may take it by a second step',
  run: async (stage, browser) => {
    const url = stage.consoleUrl ?? '';
    const [one, other] = await Promise.all([
      signedInPage(browser, url, AGENT),
      signedInPage(browser, url, SECOND_AGENT),
    ]);
    const address = await openChat(stage, one.page, '+447700900232');
    await other.page.goto(address);
    const faults: string[] = [];
    await button(other.page, 'Take over').waitFor();
    await button(one.page, 'Take over').click();
    await appears(one.page, 'You have it');
    // The other page has not been told yet.
    await button(other.page, 'Take over').click();
    if (!(await appears(other.page, `${AGENT}@example.com has the chat`))) faults.push('the second agent is not told who has it');
    if (await other.page.getByLabel('Your answer').isEnabled()) faults.push('the second agent can write all the same');
    await button(other.page, 'Take it from them').click();
    await button(other.page, 'Take it').click();
    if (!(await appears(other.page, 'You have it'))) faults.push('the second agent could not take it by the second step');
    await one.page.getByLabel('Your answer').fill('I still believe that it is mine.');
    await button(one.page, 'Send').click();
    if (!(await appears(one.page, `${SECOND_AGENT}@example.com has the chat`))) {
      faults.push('who lost the chat is not told so');
    }
    if ((await one.page.getByLabel('Your answer').inputValue()) === '') faults.push('the words of who lost the chat are gone');
    await Promise.all([one, other].map(async ({ page }) => page.context().close()));
    return faults;
  },
};

const optedOut: ScreenCheck = {
  name: 'a chat whose recipient opts out while an agent writes takes no words any more, and says so',
  run: async (stage, browser) => {
    const { page } = await signedInPage(browser, stage.consoleUrl ?? '', AGENT);
    await openChat(stage, page, '+447700900233');
    await button(page, 'Take over').click();
    await appears(page, 'You have it');
    await page.getByLabel('Your answer').fill('Friday?');
    await sendSample(stage, { channel: 'sms', telephone: '+447700900233', reply: 'STOP' });
    await page.waitForTimeout(2_000);
    const send = button(page, 'Send');
    if (await send.isVisible()) await send.click({ timeout: 2_000 }).catch(() => undefined);
    const isTold = await appears(page, 'has opted out');
    await page.context().close();
    return isTold ? [] : ['the agent is not told that the recipient has opted out'];
  },
};

const fromCard: ScreenCheck = {
  name: 'an agent begins an answer with an approved card by the keyboard, and what is to be filled in keeps it from going',
  run: async (stage, browser) => {
    const { page, complaints } = await signedInPage(browser, stage.consoleUrl ?? '', AGENT);
    await openChat(stage, page, '+447700900234');
    const faults: string[] = [];
    await button(page, 'Take over').press('Enter');
    await appears(page, 'You have it');
    const cards = page.getByRole('button', { name: 'Approved card' });
    await cards.press('Enter');
    await page.getByRole('option', { name: /asks what the job pays/ }).first().waitFor({ timeout: 20_000 });
    await page.keyboard.type('pays');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await button(page, 'Insert its words').press('Enter');
    const field = page.getByLabel('Your answer');
    const words = await field.inputValue();
    if (!/^The pay for Staff Nurse, Intensive Care is £21\.50 per hour/.test(words)) {
      faults.push(`the words of the card do not stand in the field with what they copy: ${words}`);
    }
    await field.fill(`${words} {{name}}`);
    if (await button(page, 'Send').isEnabled()) faults.push('what is to be filled in could be sent');
    await field.fill(words);
    await button(page, 'Send').press('Enter');
    if (!(await appears(page, 'It is on its way'))) faults.push('the answer did not go');
    await page.goto(`${stage.consoleUrl ?? ''}/replies?list=mine`);
    if (!(await appears(page, 'SMS with …34'))) faults.push('the chat does not stand among those of the agent');
    faults.push(...complaints.map((one) => `the page complained: ${one}`));
    await page.context().close();
    return faults;
  },
};

async function appears(page: Page, words: string): Promise<boolean> {
  return page.getByText(words).first().waitFor({ timeout: 20_000 }).then(() => true, () => false);
}

export const REPLIES: readonly ScreenCheck[] = [answered, fromCard, raced, optedOut];
