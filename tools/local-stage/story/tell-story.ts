import { randomUUID } from 'node:crypto';
import { openStage } from '../../../src/cli/stage';
import { cloudPorts } from '../../../src/cli/stage-cloud';
import { timestamp } from '../../../src/core/ports/clock';
import { addEndpoint } from '../../../src/operations/endpoints/manage-endpoints';
import { writeAccessFile } from '../access-file';
import { postRequest } from '../api-client';
import { awaitOutcome } from '../await-status';
import type { LocalStage } from '../local-stage';
import { SAMPLE } from '../sample/company';
import { SAMPLE_CHANNELS, sampleRequest } from '../sample/requests';
import type { Palette, Print } from '../terminal';
import { answerAsPerson } from './answer-as-person';
import { STOP_WORD, STORY_PEOPLE, WISH_FOR_PERSON } from './people';
import { receiveEvents } from './receive-events';
import { storyPage } from './story-page';
import type { Telling } from './telling';
import { until } from './until';

/**
 * Asks one person a channel, hears what they write, takes the answers as signed events, hands over to a person who
 * answers, and hears STOP; on all channels at once. Answers what went otherwise, as sentences.
 */
export async function tellStory(
  stage: LocalStage, folder: string, print: Print, colours: Palette,
): Promise<readonly string[]> {
  const differences: string[] = [];
  const expect = (holds: boolean, difference: string) => {
    if (!holds) differences.push(difference);
  };
  const forget = writeAccessFile(folder, stage);
  const operators = openStage('local', folder, async () => Promise.resolve({ cloudPorts }));
  const receiver = await receiveEvents();
  try {
    print(`\n${colours.bold('Three conversations at once; a client takes their events')}`);
    const added = await addEndpoint(operators, {
      company: SAMPLE.companyId, projects: ['*'], url: receiver.url, include: ['text'], by: 'demo',
    });
    if (added.outcome !== 'added') return [`Adding the endpoint of the demo failed: ${added.outcome}.`];
    receiver.trust(added.secret);
    await Promise.all(SAMPLE_CHANNELS.map(async (channel) => {
      const page = storyPage(channel, { print, colours, expect });
      await tellOne({ stage, operators, receiver, channel, person: STORY_PEOPLE[channel], page });
    }));
    expect(receiver.refused.length === 0, `Events with a wrong signature came: ${receiver.refused.join(', ')}.`);
    print(`  ${receiver.events.length} events came, each with a signature that verifyEvent found right.`);
    return differences;
  } finally {
    await receiver.stop();
    operators.close();
    forget();
  }
}

/** Each chapter answers whether the next one can follow. */
async function tellOne(telling: Telling): Promise<void> {
  const asked = await ask(telling);
  if (!asked) return;
  const goesOn = await hearAnswers(telling, asked)
    && await handOver(telling, asked)
    && await answerAsPerson(telling, asked.requestId);
  if (goesOn) await hearStop(telling, asked);
}

interface Asked {
  readonly requestId: string;
  /** The vendor's identifier of the question. */
  readonly question: string;
}

async function ask(telling: Telling): Promise<Asked | undefined> {
  const { stage, channel, person: { first, address }, page } = telling;
  const requestId = randomUUID();
  const { status: answered, body } = await postRequest(stage.url, stage.apiKey, requestOf(telling, requestId));
  page.expect(
    answered === 200, `The question by ${channel} to ${first} was answered with ${answered} ${String(body.error_code)}.`,
  );
  if (answered !== 200) return undefined;
  const { conversation_status: status, vendor_message_id: sent } = await awaitOutcome(stage, requestId);
  const question = stage.vendors.deliveries().find(({ vendorMessageId }) => vendorMessageId === sent);
  page.expect(
    question !== undefined, `The question by ${channel} to ${first} ended as ${String(status)} and did not come.`,
  );
  if (!question) return undefined;
  page.say('engine', `to ${first} (${address}): ${question.text.replaceAll(/\s+/g, ' ')}`);
  return { requestId, question: question.vendorMessageId };
}

function requestOf({ channel, person }: Telling, requestId: string) {
  const { recipient_data: recipient, ...rest } = sampleRequest(channel, requestId, timestamp(Date.now()));
  return {
    ...rest,
    recipient_data: {
      ...recipient,
      recipient_first_name: person.first,
      recipient_last_name: person.last,
      ...(channel === 'email' ? { recipient_email: person.address } : { recipient_tel: person.address }),
    },
  };
}

/** One answer alone completes nothing; with the second the client gets both, each with the words that prove it. */
async function hearAnswers(telling: Telling, { requestId, question }: Asked): Promise<boolean> {
  const { stage, receiver, channel, person: { first, bursts, answers: expected }, page } = telling;
  const [before, after] = bursts;
  await write(telling, question, before);
  const partly = await awaitAnswer(stage, requestId);
  page.expect(partly, `The first words of ${first} by ${channel} were not read as an answer.`);
  await write(telling, question, after);
  const event = await receiver.first('conversation.answered', requestId);
  const answers = event?.data.answers ?? {};
  for (const [name, value] of Object.entries(expected)) {
    const found = answers[name];
    page.expect(
      found?.value === value && bursts.flat().some((text) => found.quote !== null && text.includes(found.quote)),
      `The answer ${name} of ${first} by ${channel} came as ${JSON.stringify(found)} instead of ${JSON.stringify(value)} `
        + 'with a quote.',
    );
    if (found) page.say('client', `${name} = ${JSON.stringify(found.value)}, proved by “${String(found.quote)}”`);
  }
  return partly && event !== undefined;
}

async function awaitAnswer(stage: LocalStage, requestId: string): Promise<boolean> {
  const found = await until(async () => {
    const { answers_version: version } = (await stage.conversation(requestId)) ?? {};
    return typeof version === 'number' && version > 0 ? version : undefined;
  });
  return found !== undefined;
}

async function handOver(telling: Telling, { requestId, question }: Asked): Promise<boolean> {
  const { channel, person: { first }, page } = telling;
  await write(telling, question, [WISH_FOR_PERSON]);
  const event = await telling.receiver.first('conversation.handed_off', requestId);
  page.expect(
    event?.data.reason === 'asked_for_person',
    `The wish of ${first} by ${channel} for a person ended as ${JSON.stringify(event?.data.reason)}.`,
  );
  if (event) page.say('client', `${event.type}: ${String(event.data.reason)}`);
  return event !== undefined;
}

/** STOP is heard at once, and the next request to the same person is refused. */
async function hearStop(telling: Telling, { requestId, question }: Asked): Promise<void> {
  const { stage, receiver, channel, person: { first }, page } = telling;
  await write(telling, question, [STOP_WORD]);
  const event = await receiver.first('recipient.opted_out', requestId);
  page.expect(event !== undefined, `The STOP of ${first} by ${channel} was not heard.`);
  const { status, body } = await postRequest(stage.url, stage.apiKey, requestOf(telling, randomUUID()));
  page.expect(
    body.error_code === 'RECIPIENT_OPTED_OUT',
    `The request after the STOP of ${first} was answered with ${status} ${String(body.error_code)}.`,
  );
  if (event) page.say('client', `${event.type}; the next request gets ${status} ${String(body.error_code)}`);
}

async function write(
  { stage, channel, person, page }: Telling, question: string, texts: readonly string[],
): Promise<void> {
  for (const text of texts) page.say(person.first, text);
  const { twilio, sendgrid } = stage.vendors;
  await (channel === 'email' ? sendgrid.reply(question, { texts }) : twilio.reply(question, { texts }));
}
