import type { ChannelSettings, Project } from '../core/company/company';
import { readCompanySettings } from '../core/company/company-settings';
import { settingsOf } from '../core/company/reminder-settings';
import type { Conversation, CompositionSnapshot } from '../core/lifecycle/conversation';
import type { FailureReason } from '../core/lifecycle/failure';
import type { Fault } from '../core/contract/refusal';
import { gatherFacts } from '../proof/facts';
import { buildInstructions, instructionsVersion } from '../processor/composition/instructions';
import type { ProofFault } from '../proof/prove-values';
import { proveGiven, proveValues } from '../proof/prove-values';
import { NO_USAGE } from '../processor/composition/write-values';
import { heldFor } from './decision';

type Values = Readonly<Record<string, string>>;

export type WordsToSend =
  | { readonly outcome: 'proved'; readonly composition: CompositionSnapshot }
  /** Not all are written: the message is still to be composed, around the values that the person gave. */
  | { readonly outcome: 'unwritten'; readonly given?: Values }
  | { readonly outcome: 'unproved'; readonly detail: string; readonly faults: readonly ProofFault[] }
  | { readonly outcome: 'company_record_incomplete'; readonly faults: readonly Fault[] };

/**
 * The words that an approved message goes with. Words that were proved and only waited for a look go as the person saw
 * them. All others are proved by the company record as it is now: it may have been mended since.
 */
export function wordsToSend(
  conversation: Conversation,
  company: Readonly<Record<string, unknown>> | undefined,
  edited: Values,
): WordsToSend {
  const { composition } = conversation;
  const isEdited = Object.keys(edited).length > 0;
  if (composition && !isEdited && ONLY_SEEN.includes(heldFor(conversation))) return { outcome: 'proved', composition };
  if (!composition && !isEdited) return { outcome: 'unwritten' };
  const settings = readCompanySettings(company ?? {}, conversation.channel_method);
  if (!settings.complete) return { outcome: 'company_record_incomplete', faults: settings.faults };
  const { project } = settings;
  const channelSettings = settingsOf(settings.channelSettings, conversation);
  if (!channelSettings) return { outcome: 'company_record_incomplete', faults: [NO_REMINDER] };
  if (isUnwritten(conversation)) {
    const order = { subject: conversation, project, content: channelSettings.content, values: edited };
    const { unwritten, faults, detail } = proveGiven(order);
    const named = [...faults].map(([variable, rules]) => ({ variable, rules }));
    if (faults.size > 0) return { outcome: 'unproved', detail, faults: named };
    if (unwritten.length > 0) return { outcome: 'unwritten', given: edited };
  }
  return prove(conversation, project, channelSettings, edited);
}

const NO_REMINDER: Fault = { path: 'reminder_template', message: 'is missing, and the message is a reminder' };

/** The words were proved and only waited for a person to see them. */
const ONLY_SEEN: readonly FailureReason[] = ['review_requested', 'fallback_used'];

/**
 * No model was asked, since a fact is missing or the template was broken. Older records say the first by their reason.
 */
function isUnwritten(conversation: Conversation): boolean {
  const { composition } = conversation;
  if (!composition || composition.unwritten) return true;
  return heldFor(conversation) === 'facts_missing' && composition.model === undefined;
}

function prove(conversation: Conversation, project: Project, settings: ChannelSettings, edited: Values): WordsToSend {
  const { content } = settings;
  const proof = proveValues({
    subject: conversation,
    project,
    content,
    values: { ...knownValues(conversation, settings), ...edited },
  });
  if (proof.outcome === 'refused') return { outcome: 'unproved', detail: proof.detail, faults: proof.faults };
  const { filled, values, verdicts } = proof;
  const { name, version, resend_on_unknown: resends } = content.template;
  const origin = conversation.composition ?? newOrigin(conversation, project, settings);
  const { model, instructions_version, prompt, facts_hash, usage } = origin;
  return {
    outcome: 'proved',
    composition: {
      filled,
      values,
      template_name: name,
      template_version: version,
      model,
      instructions_version,
      prompt,
      facts_hash,
      verdicts,
      evidence: evidenceOf(conversation, values),
      usage,
      resend_on_unknown: resends ? true : undefined,
    },
  };
}

/**
 * What was written before, as far as the template still has a place for it, and the template's own words for the rest.
 */
function knownValues({ composition }: Conversation, { content }: ChannelSettings): Values {
  const { variables } = content.template;
  const fallbacks = Object.entries(variables).flatMap(([name, { copy_of: path, fallback }]) =>
    path === undefined && fallback !== undefined ? [[name, fallback] as const] : [],
  );
  const written = Object.entries(composition?.values ?? {}).filter(([name]) => Object.hasOwn(variables, name));
  return Object.fromEntries([...fallbacks, ...written]);
}

/** What the model cited still stands beside the values that nobody changed. */
function evidenceOf({ composition }: Conversation, values: Values): CompositionSnapshot['evidence'] {
  const kept = Object.entries(composition?.evidence ?? {})
    .filter(([name]) => values[name] === composition?.values[name]);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** A person wrote every word: no model was asked. */
function newOrigin(conversation: Conversation, project: Project, { content, model }: ChannelSettings) {
  return {
    model: undefined,
    prompt: undefined,
    instructions_version: instructionsVersion(buildInstructions(content, model.instructions, project.untrusted)),
    facts_hash: gatherFacts(conversation, project).hash,
    usage: NO_USAGE,
  };
}
