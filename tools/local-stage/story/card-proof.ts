import type { Stage } from '../../../src/cli/stage';
import { parseAssistant } from '../../../src/core/company/assistant';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import { resourceNames } from '../../../src/core/names';
import { timestamp } from '../../../src/core/ports/clock';
import { viewThread } from '../../../src/operations/replies/thread-view';
import { LOCAL_STAGE } from '../local-stage';
import { sampleCompany } from '../sample/company';
import type { StoryPage } from './story-page';
import { until } from './until';

const LINES = 20;

/** The record of an answer of the engine that reached its recipient, once the thread has its line. */
export async function findSaid(
  operators: Stage, about: Conversation, vendorMessageId: string,
): Promise<Conversation | undefined> {
  return until(async () => {
    const view = await viewThread(operators, about, { limit: LINES, text: false });
    const ids = (view?.lines ?? []).filter(({ from }) => from === 'company').map(({ conversationId }) => conversationId);
    const found = await Promise.all(ids.map(async (id) => findConversationById(id, operators)));
    return found.flatMap((one) => one?.conversation ?? []).find((one) => one.vendor_message_id === vendorMessageId);
  });
}

/** Prints which card was said, why, and what proves each of its values; answers whether that is what was expected. */
export function showProof(
  { reply, composition }: Conversation,
  { card: expected, values, isFirstOfTheDay }: {
    readonly card: string;
    readonly values: Readonly<Record<string, string>>;
    readonly isFirstOfTheDay: boolean;
  },
  page: StoryPage,
): boolean {
  const { card_id: id, version, discloses } = reply?.card ?? {};
  const known = companyCards()?.cards.find((one) => one.card_id === id && one.version === version);
  const said = composition?.values ?? {};
  const isExpected = id === expected
    && JSON.stringify(Object.entries(said).sort()) === JSON.stringify(Object.entries(values).sort())
    && Object.values(composition?.verdicts ?? {}).every((verdict) => ['copied', 'proved'].includes(verdict))
    && Boolean(discloses) === isFirstOfTheDay;
  page.expect(
    isExpected,
    `The record of an answer says card ${String(id)} with ${JSON.stringify(said)} (${JSON.stringify(composition?.verdicts)}) `
      + `instead of ${expected} with ${JSON.stringify(values)}.`,
  );
  if (!known) return false;
  page.say('why', `a model chose card ${known.card_id}, version ${known.version}: “${known.when}”`);
  for (const [name, value] of Object.entries(said)) {
    page.say('proved', `${name} “${value}” ${sourceOf(known.variables[name]?.copy_of)}`);
  }
  if (discloses) page.say('why', 'it begins with who writes: the first answer of the engine to a person in 24 hours does');
  return isExpected;
}

/** Where a copied value stands, and how long it is true. */
function sourceOf(path: string | undefined): string {
  if (path === undefined) return 'was proved from the facts';
  const fact = companyCards()?.knowledge.find(({ name }) => `knowledge.${name}` === path);
  if (!fact) return `is copied from ${path} of the request`;
  const end = fact.valid_until === undefined ? '' : `, true until ${fact.valid_until}`;
  return `is copied from what the company knows, ${path}${end}`;
}

function companyCards() {
  const parsed = parseAssistant(sampleCompany(resourceNames(LOCAL_STAGE), timestamp(Date.now())));
  return parsed.valid ? parsed.value : undefined;
}
