import type { ChannelSettings, Project } from '../../core/company/company';
import { readCompanySettings } from '../../core/company/company-settings';
import { settingsOf } from '../../core/company/reminder-settings';
import type { Conversation } from '../../core/lifecycle/conversation';
import { sha256 } from '../../core/sha256';
import type { MessagePlan } from '../../proof/message-plan';
import { planMessage } from '../../proof/message-plan';
import type { Candidate } from '../../proof/proof';
import { proofTrace } from '../../proof/trace/proof-trace';
import { wordsToSend } from '../../review/words-to-send';
import type { ShownClaim } from '../explained-value';
import { shownClaim, wordsOfRule } from '../explained-value';
import type { HeldMessage } from './held-message';
import { heldMessage } from './held-message';
import { flatFacts } from './flat-facts';
import type { FlatFact } from './flat-facts';

/** A stretch of a text as its channel shows it: the company's words, or a variable's value. */
export interface ShownSegment {
  readonly text: string;
  readonly variable?: string;
}

export interface ReviewVariable {
  readonly name: string;
  readonly description: string;
  readonly value: string;
  /** Absent where it is not written yet. */
  readonly verdict?: string;
  /** A copied value is the client's own and is not changed here. */
  readonly editable: boolean;
  readonly longest?: number;
  readonly claims: readonly ShownClaim[];
  /** A person has to look at it before the message may go. */
  readonly flagged: boolean;
}

/** Whether the message could go with these values, and otherwise what keeps it. */
export interface ReviewProof {
  readonly outcome: 'proved' | 'unwritten' | 'unproved' | 'company_record_incomplete';
  readonly faults: ReadonlyArray<{ readonly variable?: string; readonly words: readonly string[] }>;
}

/** One message that waits, with all that a person needs to decide about it. */
export interface ReviewItem {
  readonly held: HeldMessage;
  readonly texts: ReadonlyArray<{ readonly name: string; readonly segments: readonly ShownSegment[] }>;
  readonly variables: readonly ReviewVariable[];
  readonly facts: readonly FlatFact[];
  readonly proof: ReviewProof;
  /** Of all that is shown without edits: a decision counts for this alone. */
  readonly shown: string;
}

interface Source {
  readonly conversation: Conversation;
  readonly company?: Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, string>>;

/** The message as it waits, or with values that the person has written and not sent yet. */
export function reviewItem({ conversation, company }: Source, edited: Values, now: number): ReviewItem {
  const held = heldMessage(conversation, { reveal: true, text: true }, now);
  const settings = readCompanySettings(company ?? {}, conversation.channel_method);
  const own = settings.complete ? settingsOf(settings.channelSettings, conversation) : undefined;
  const planned = settings.complete && own ? planOf(conversation, settings.project, own) : undefined;
  const values = { ...conversation.composition?.values, ...edited };
  const variables = planned ? variablesOf(planned, conversation, edited) : plainVariables(conversation);
  const texts = planned ? textsOf(planned, conversation, values) : plainTexts(conversation);
  const facts = flatFacts(planned?.facts.tree ?? { project_data: conversation.project_data }, conversation);
  return {
    held,
    texts,
    variables,
    facts,
    proof: proofOf(conversation, company, edited),
    shown: shownHash(conversation, facts),
  };
}

/** What the decision is about: the wait, the words and the facts. */
function shownHash(
  { conversation_id: id, due_at: since, composition }: Conversation,
  facts: readonly FlatFact[],
): string {
  return sha256(JSON.stringify([id, since, composition?.values ?? null, composition?.filled ?? null, facts]));
}

function planOf(conversation: Conversation, project: Project, { content }: ChannelSettings): MessagePlan | undefined {
  const planned = planMessage(conversation, project, content);
  return planned.valid ? planned.plan : undefined;
}

function proofOf(conversation: Conversation, company: Source['company'], edited: Values): ReviewProof {
  const words = wordsToSend(conversation, company, edited);
  switch (words.outcome) {
    case 'proved':
    case 'unwritten':
      return { outcome: words.outcome, faults: [] };
    case 'unproved':
      return {
        outcome: 'unproved',
        faults:
          words.faults.length > 0
            ? words.faults.map(({ variable, rules }) => ({ variable, words: rules.map(wordsOfRule) }))
            : [{ words: [words.detail] }],
      };
    case 'company_record_incomplete':
      return {
        outcome: 'company_record_incomplete',
        faults: words.faults.map(({ path, message }) => ({ words: [`${path}: ${message}`] })),
      };
  }
}

function variablesOf(plan: MessagePlan, conversation: Conversation, edited: Values): readonly ReviewVariable[] {
  const { composition } = conversation;
  const candidates = new Map<string, Candidate>();
  for (const name of Object.keys(plan.variables)) {
    const candidate = candidateOf(plan, conversation, edited, name);
    if (candidate) candidates.set(name, candidate);
  }
  const traced = proofTrace(plan, candidates);
  return Object.entries(plan.variables).map(([name, variable]) => {
    const candidate = candidates.get(name);
    const claims = (traced.get(name) ?? []).map(shownClaim);
    const isUnwritten = candidate === undefined || (composition?.unwritten?.includes(name) ?? false);
    return {
      name,
      description: variable.description,
      value: candidate?.value ?? '',
      verdict: candidate?.verdict,
      editable: variable.copy_of === undefined || !plan.copies.has(name),
      longest: variable.max_length,
      claims,
      flagged: isUnwritten || candidate.verdict === 'fallback' || claims.some(({ rule }) => rule !== null),
    };
  });
}

function candidateOf(
  plan: MessagePlan,
  { composition }: Conversation,
  edited: Values,
  name: string,
): Candidate | undefined {
  if (Object.hasOwn(edited, name)) return { value: edited[name] ?? '', verdict: 'proved' };
  const written = composition?.values[name];
  if (written !== undefined) return { value: written, verdict: composition?.verdicts[name] ?? 'proved' };
  const copy = plan.copies.get(name);
  return copy === undefined ? undefined : { value: copy, verdict: 'copied' };
}

/** The texts of the template that the words were made for; of another version, the words as they are. */
function textsOf(plan: MessagePlan, conversation: Conversation, values: Values): ReviewItem['texts'] {
  const { composition } = conversation;
  const { name, version } = plan.template.content.template;
  const isSame =
    composition === undefined || (composition.template_name === name && composition.template_version === version);
  if (!isSame) return plainTexts(conversation);
  return Object.entries(plan.template.parts).flatMap(([part, segments]) => {
    if (part === 'html') return [];
    const shown = (segments ?? []).map((segment): ShownSegment =>
      'literal' in segment
        ? { text: segment.literal }
        : { text: values[segment.variable] ?? plan.copies.get(segment.variable) ?? '', variable: segment.variable },
    );
    return [{ name: part, segments: shown }];
  });
}

function plainTexts({ composition }: Conversation): ReviewItem['texts'] {
  const texts = composition ? Object.entries(composition.filled) : [];
  return texts.flatMap(([name, text]) =>
    name === 'channel' || name === 'html' || typeof text !== 'string' ? [] : [{ name, segments: [{ text }] }],
  );
}

function plainVariables({ composition }: Conversation): readonly ReviewVariable[] {
  return Object.entries(composition?.values ?? {}).map(([name, value]) => ({
    name,
    value,
    description: '',
    verdict: composition?.verdicts[name],
    editable: false,
    claims: [],
    flagged: true,
  }));
}
