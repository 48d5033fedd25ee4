import { randomUUID } from 'node:crypto';
import { openStage } from '../../../src/cli/stage';
import { cloudPorts } from '../../../src/cli/stage-cloud';
import { addEndpoint } from '../../../src/operations/endpoints/manage-endpoints';
import { writeAccessFile } from '../access-file';
import { postRequest } from '../api-client';
import type { LocalStage } from '../local-stage';
import { addProject, ANSWERED_PROJECT } from '../sample/add-project';
import { SAMPLE } from '../sample/company';
import { openKeyFor } from '../sample/fill-sample';
import { SAMPLE_CHANNELS } from '../sample/requests';
import type { Palette, Print } from '../terminal';
import { answerAsPerson, recordOf, takeOver } from './answer-as-person';
import type { Question } from './ask';
import { ask, requestOf, write } from './ask';
import { ANSWER_OF_COLLEAGUE, CARDS_STORY, STOP_WORD, STORY_PEOPLE, WISH_FOR_PERSON } from './people';
import { receiveEvents } from './receive-events';
import { storyPage } from './story-page';
import { takeAnswers } from './take-answers';
import { tellCards } from './tell-cards';
import type { Telling } from './telling';
import { until } from './until';

/**
 * Asks one person a channel, hears what they write, takes the answers as signed events, hands over to a person who
 * answers, and hears STOP; on all channels at once. Meanwhile somebody asks back and is answered from approved cards:
 * that is printed behind it, in its own order. Answers what went otherwise, as sentences.
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
    await addProject(stage, ANSWERED_PROJECT);
    await openKeyFor(stage, [SAMPLE.projectId, ANSWERED_PROJECT.project_id]);
    const common = { stage, operators, receiver };
    const aboutCards: string[] = [];
    const cardsPage = storyPage({ print: (line) => { aboutCards.push(line); }, colours, expect });
    await Promise.all([
      ...SAMPLE_CHANNELS.map(async (channel) => tellOne({
        ...common, projectId: SAMPLE.projectId, channel, person: STORY_PEOPLE[channel],
        page: storyPage({ channel, print, colours, expect }),
      })),
      tellCards({
        ...common, projectId: ANSWERED_PROJECT.project_id, channel: 'whatsapp', person: CARDS_STORY.recipient,
        page: cardsPage,
      }),
    ]);
    print(`\n${colours.bold('A fourth one, by WhatsApp, where the engine answers from approved cards')}`);
    for (const line of aboutCards) print(line);
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
    && await takeOverAndAnswer(telling, asked);
  if (goesOn) await hearStop(telling, asked);
}

/** One answer alone completes nothing; with the second the client gets both, each with the words that prove it. */
async function hearAnswers(telling: Telling, { requestId, question }: Question): Promise<boolean> {
  const { stage, channel, person: { first, bursts }, page } = telling;
  const [before, after] = bursts;
  await write(telling, question, before);
  const partly = await awaitAnswer(stage, requestId);
  page.expect(partly, `The first words of ${first} by ${channel} were not read as an answer.`);
  await write(telling, question, after);
  return await takeAnswers(telling, requestId) && partly;
}

async function awaitAnswer(stage: LocalStage, requestId: string): Promise<boolean> {
  const found = await until(async () => {
    const { answers_version: version } = (await stage.conversation(requestId)) ?? {};
    return typeof version === 'number' && version > 0 ? version : undefined;
  });
  return found !== undefined;
}

async function handOver(telling: Telling, { requestId, question }: Question): Promise<boolean> {
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

async function takeOverAndAnswer(telling: Telling, { requestId }: Question): Promise<boolean> {
  const about = await recordOf(telling, requestId);
  return about !== undefined
    && await takeOver(telling, about)
    && await answerAsPerson(telling, about, ANSWER_OF_COLLEAGUE);
}

/** STOP is heard at once, and the next request to the same person is refused. */
async function hearStop(telling: Telling, { requestId, question }: Question): Promise<void> {
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
