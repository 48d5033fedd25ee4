import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';

/** A card that copies a fact of the company, and one that hands over. */
export const PLACE_OF_WORK = {
  card_id: 'place_of_work', version: 1, when: 'The candidate asks where the hospital is.',
  languages: { 'en-GB': { text: 'You would work at {{place}}.' } },
  variables: { place: { description: 'Place of work', max_length: 80, required: true } },
  then: 'rest',
} as const;
export const RING_LATER = {
  card_id: 'ring_later', version: 1, when: 'The candidate asks for a telephone call.',
  languages: { 'en-GB': { text: 'A colleague will ring you.' } },
  then: 'hand_off',
} as const;

const BURST = { quiet_seconds: 1 };

/** The engine answers replies to the sample company by these cards from now on, at any time of the day. */
export async function answerByCards(stage: LocalStage, cards: readonly object[]): Promise<void> {
  await changeCompany(stage, {
    UpdateExpression: 'SET replies = :answer, answer_cards = :cards, reply_burst = :burst REMOVE assistant.#hours',
    ExpressionAttributeNames: { '#hours': 'hours' },
    ExpressionAttributeValues: { ':answer': 'answer', ':cards': cards, ':burst': BURST },
  });
}

/** Replies to the sample company are read, and kept with their answers, from now on. */
export async function keepReplies(stage: LocalStage): Promise<void> {
  await changeCompany(stage, {
    UpdateExpression: 'SET replies = :keep, reply_burst = :burst',
    ExpressionAttributeValues: { ':keep': 'keep', ':burst': BURST },
  });
}

/** Every reply to the sample company waits for a person from now on. */
export async function handOverReplies(stage: LocalStage): Promise<void> {
  await changeCompany(stage, {
    UpdateExpression: 'SET replies = :replies', ExpressionAttributeValues: { ':replies': 'hand_off' },
  });
}

type Change = Pick<
  UpdateCommand['input'], 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

async function changeCompany({ tables }: LocalStage, change: Change): Promise<void> {
  await tables.send(new UpdateCommand({
    TableName: resourceNames(LOCAL_STAGE).companyTable,
    Key: { company_id: SAMPLE.companyId, project_id: SAMPLE.projectId },
    ...change,
  }));
}
