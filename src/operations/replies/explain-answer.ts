import type { AnswerCard } from '../../core/company/answer-card';
import { answerCardSchema } from '../../core/company/answer-card';
import type { Assistant } from '../../core/company/assistant';
import { currentKnowledge, parseAssistant } from '../../core/company/assistant';
import { readCompanySettings } from '../../core/company/company-settings';
import type { Conversation } from '../../core/lifecycle/conversation';
import type { ReplyCard } from '../../core/lifecycle/reply-card';
import type { StoredRecord } from '../../core/ports/company-records';
import type { Candidate } from '../../proof/proof';
import { planCard } from '../../proof/prove-card';
import { proofTrace } from '../../proof/trace/proof-trace';
import { findCardVersion } from '../companies/card-versions';
import type { ExplainedValue } from '../explained-value';
import { shownClaim } from '../explained-value';
import type { FlatFact } from '../handoffs/flat-facts';
import { flatFacts } from '../handoffs/flat-facts';
import type { OperationPorts } from '../ports';

/** What an answer of the engine was made of. */
export interface ExplainedAnswer {
  readonly card_id: string;
  readonly version: number;
  /** BCP 47. */
  readonly language: string;
  readonly model?: string;
  /** When the model is to choose it, as the company wrote it; absent where the card cannot be found any more. */
  readonly when?: string;
  /** Whether this version is still the one in use. */
  readonly isCurrent: boolean;
  /** Each claim is judged by the facts as they are now: `stale` says that one which was proved is not any more. */
  readonly values: readonly ExplainedValue[];
  readonly stale: boolean;
  readonly facts: readonly FlatFact[];
}

type Ports = Pick<OperationPorts, 'cardHistory' | 'clock'>;

/** Which card an answer of the engine says, and what proves each of its values; undefined where no card was chosen. */
export async function explainAnswer(
  ports: Ports,
  { conversation, company = {} }: { readonly conversation: Conversation; readonly company?: StoredRecord | undefined },
): Promise<ExplainedAnswer | undefined> {
  const chosen = conversation.reply?.card;
  if (!chosen) return undefined;
  const parsed = parseAssistant(company);
  const assistant = parsed.valid ? parsed.value : undefined;
  const found = await cardOf(ports, { company, assistant }, chosen);
  const traced = found && assistant
    && trace(found.card, chosen, { conversation, company, assistant, now: ports.clock.now() });
  const values = traced?.values ?? plainValues(conversation);
  return {
    card_id: chosen.card_id,
    version: chosen.version,
    language: chosen.language,
    ...(chosen.model === undefined ? {} : { model: chosen.model }),
    ...(found && { when: found.card.when }),
    isCurrent: found?.isCurrent ?? false,
    values,
    stale: values.some(({ claims }) => claims.some(({ rule }) => rule !== null)),
    facts: traced?.facts ?? [],
  };
}

/** The version that was said, in use or kept. */
async function cardOf(
  ports: Ports,
  { company, assistant }: { readonly company: StoredRecord; readonly assistant: Assistant | undefined },
  { card_id: id, version }: ReplyCard,
): Promise<{ readonly card: AnswerCard; readonly isCurrent: boolean } | undefined> {
  const current = assistant?.cards.find(({ card_id }) => card_id === id);
  if (current?.version === version) return { card: current, isCurrent: true };
  const kept = answerCardSchema.safeParse(await findCardVersion(ports, company, id, version));
  return kept.success ? { card: kept.data, isCurrent: false } : undefined;
}

function trace(
  card: AnswerCard,
  chosen: ReplyCard,
  { conversation, company, assistant, now }: {
    readonly conversation: Conversation;
    readonly company: StoredRecord;
    readonly assistant: Assistant;
    readonly now: number;
  },
): Pick<ExplainedAnswer, 'values' | 'facts'> | undefined {
  const settings = readCompanySettings(company, conversation.channel_method);
  if (!settings.complete) return undefined;
  const { reply, channel_method: channel } = conversation;
  const plan = planCard({
    source: { ...conversation, knowledge: currentKnowledge(assistant, now) },
    project: settings.project, assistant, card, chosen, channel, subject: reply?.subject ?? '',
  });
  if (!plan) return undefined;
  const stored = plainValues(conversation);
  const known = stored.filter(({ variable }) => Object.hasOwn(plan.variables, variable));
  const candidates = new Map(known.map(({ variable, value, verdict }): [string, Candidate] => (
    [variable, { value, verdict: verdict === 'copied' || verdict === 'fallback' ? verdict : 'proved' }]
  )));
  const claims = proofTrace(plan, candidates);
  return {
    values: stored.map((one) => ({ ...one, claims: (claims.get(one.variable) ?? []).map(shownClaim) })),
    facts: flatFacts(plan.facts.tree, conversation),
  };
}

/** The values as they went, or as the model gave them where nothing went yet. */
function plainValues({ composition, reply }: Conversation): readonly ExplainedValue[] {
  const given = { ...reply?.card?.echoes, ...reply?.card?.values };
  const values = composition?.values ?? given;
  return Object.entries(values).map(([variable, value]) => ({
    variable, value, verdict: composition?.verdicts[variable] ?? 'chosen', claims: [],
  }));
}
