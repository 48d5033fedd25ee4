import type { Fault } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import { recipientAddress } from '../core/contract/request';
import type { ChannelSettings, Project } from '../core/company/company';
import type { CompositionSnapshot } from '../core/lifecycle/conversation';
import { explain } from '../core/lifecycle/failure';
import type { FailureReason } from '../core/lifecycle/failure';
import { TIMES } from '../core/lifecycle/limits';
import { valueSources } from '../core/lifecycle/value-sources';
import type { SecretResult } from '../core/ports/secret-store';
import { fallbackRule } from '../processor/compose-step';
import type { CompositionResult } from '../processor/composition/compose';
import { NO_USAGE } from '../processor/composition/write-values';
import { asksForReview } from '../processor/review-rule';
import type { Rule } from '../proof/rules/rules';
import { RULES } from '../proof/rules/rules';
import type { DryRunAnswer } from './dry-run-answer';
import { REPLY_FIELD } from './reply-field';

/** What the composition came to, or why there was none. */
export type Tried =
  | Exclude<CompositionResult, { readonly outcome: 'unavailable' }>
  | { readonly outcome: 'model_unavailable' | 'model_too_slow' }
  | { readonly outcome: 'secret_unusable'; readonly why: Exclude<SecretResult['outcome'], 'found'> };

interface Subject {
  readonly request: ConversationRequest;
  readonly warnings: readonly Fault[];
  readonly project: Project;
  readonly settings: ChannelSettings;
}

type Verdict = Pick<DryRunAnswer, 'outcome' | 'reason'> & { readonly detail?: string };

/** The answer to a dry run, in the client's words. */
export function showDryRun(subject: Subject, tried: Tried): DryRunAnswer {
  const { request, warnings, settings } = subject;
  const { outcome, reason, detail } = verdictOf(subject, tried);
  const composition = 'composition' in tried ? tried.composition : undefined;
  const isComplete = tried.outcome === 'composed';
  const known = warnings.filter(({ path }) => path !== REPLY_FIELD);
  return {
    status: 'success',
    request_id: request.request_data.request_id,
    outcome,
    reason,
    proof: detail === undefined ? [] : proofOf(detail),
    template_name: settings.content.template.name,
    template_version: settings.content.template.version,
    variables: composition ? valueSources(composition) : [],
    message: isComplete && composition ? messageOf(composition) : null,
    usage: composition?.usage ?? NO_USAGE,
    warnings: known.length > 0 ? known : undefined,
  };
}

function verdictOf({ request, project, settings }: Subject, tried: Tried): Verdict {
  switch (tried.outcome) {
    case 'composed': {
      const { channel_method } = request.request_data;
      const { fallbacks: detail } = tried;
      const rule = detail === undefined ? 'send' : fallbackRule(settings);
      if (rule === 'review') return { outcome: 'would_wait_for_review', reason: because('fallback_used'), detail };
      if (rule === 'fail') return { outcome: 'would_fail', reason: because('fallback_used'), detail };
      return asksForReview(project, { channel_method, primary_channel: recipientAddress(request) })
        ? { outcome: 'would_wait_for_review', reason: because('review_requested'), detail }
        : { outcome: 'would_send', reason: null, detail };
    }
    case 'unprovable':
      return { outcome: 'would_wait_for_review', reason: because(tried.reason), detail: tried.detail };
    case 'misconfigured':
      return { outcome: 'not_known', reason: because('model_misconfigured') };
    case 'model_unavailable':
      return { outcome: 'not_known', reason: because('model_unavailable') };
    case 'model_too_slow':
      return { outcome: 'not_known', reason: TOO_SLOW };
    case 'secret_unusable':
      return tried.why === 'unavailable'
        ? { outcome: 'not_known', reason: because('secret_unavailable') }
        : { outcome: 'would_fail', reason: because(`secret_${tried.why}`) };
  }
}

const TOO_SLOW = {
  code: 'model_too_slow',
  message:
    'The language model did not answer in the 20 seconds that a dry run has; a message itself gives it ' +
    `${TIMES.modelTimeout / 1000} seconds, and is tried again.`,
};

function because(code: FailureReason) {
  return { code, message: explain(code).cause };
}

/** In words; a detail names variables and rules: `question: unknown_link, too_long; message: too_many_segments`. */
export function proofOf(detail: string): Array<{ path: string; message: string }> {
  return detail.split('; ').map((part) => {
    const [path = '', rules = ''] = part.split(': ');
    return { path, message: rules.split(', ').map(inWords).join(' ') };
  });
}

function inWords(rule: string): string {
  const word = rule.replace(/^fallback /, '');
  const words = isRule(word) ? RULES[word] : word;
  return word === rule ? words : `The fallback: ${words}`;
}

function isRule(word: string): word is Rule {
  return Object.hasOwn(RULES, word);
}

function messageOf({ filled }: CompositionSnapshot): DryRunAnswer['message'] {
  return { subject: 'subject' in filled ? filled.subject : undefined, text: filled.text };
}
