import type { ChannelSettings, Project } from '../core/company/company';
import { readCompanySettings } from '../core/company/company-settings';
import type { Conversation, CompositionSnapshot } from '../core/lifecycle/conversation';
import type { Fault } from '../core/contract/refusal';
import { gatherFacts } from '../proof/facts';
import { buildInstructions, instructionsVersion } from '../processor/composition/instructions';
import type { ProofFault } from '../proof/prove-values';
import { proveValues } from '../proof/prove-values';
import { NO_USAGE } from '../processor/composition/write-values';
import { heldFor } from './decision';

export type WordsToSend =
  | { readonly outcome: 'proved'; readonly composition: CompositionSnapshot }
  /** None are written: they are still to be composed. */
  | { readonly outcome: 'none' }
  | { readonly outcome: 'unproved'; readonly detail: string; readonly faults: readonly ProofFault[] }
  | { readonly outcome: 'company_record_incomplete'; readonly faults: readonly Fault[] };

type Values = Readonly<Record<string, string>>;

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
  if (composition && !isEdited && heldFor(conversation) === 'review_requested') {
    return { outcome: 'proved', composition };
  }
  if (!composition && !isEdited) return { outcome: 'none' };
  const settings = readCompanySettings(company ?? {}, conversation.channel_method);
  if (!settings.complete) return { outcome: 'company_record_incomplete', faults: settings.faults };
  return prove(conversation, settings.project, settings.channelSettings, edited);
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

/** A person wrote every word: no model was asked. */
function newOrigin(conversation: Conversation, project: Project, { content, model }: ChannelSettings) {
  return {
    model: undefined,
    prompt: undefined,
    instructions_version: instructionsVersion(buildInstructions(content, model.instructions)),
    facts_hash: gatherFacts(conversation, project).hash,
    usage: NO_USAGE,
  };
}
