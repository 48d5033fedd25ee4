import type { Clock } from '../../core/ports/clock';
import type { Checked, ChannelSettings, Project } from '../../core/company/company';
import { allowedChannels, modelSecretId, parseChannelSettings, parseProject } from '../../core/company/company';
import type { CompositionSnapshot } from '../../core/lifecycle/conversation';
import { costAtMost, costOf, MILLION, pricesOf } from '../../core/usage/cost';
import type { LanguageModel, ModelCredential, TokenUsage } from '../../core/ports/language-model';
import type { Observer } from '../../core/ports/observer';
import type { ConversationRequest } from '../../core/contract/request';
import type { SecretResult } from '../../core/ports/secret-store';
import type { FilledMessage } from '../../core/company/template';
import { writtenVariables } from '../../core/company/template';
import type { CompositionResult, CompositionSubject } from '../../processor/composition/compose';
import { compose } from '../../processor/composition/compose';
import { RULES } from '../../proof/rules/rules';
import type { Rule } from '../../proof/rules/rules';
import { CommandError } from '../command-error';

/** Milliseconds for the model, as the processor has. */
const TIME_BUDGET = 36_000;

export interface RehearsalPorts {
  readonly findCompany: (query: { readonly companyId: string; readonly projectId: string }) => Promise<Readonly<Record<string, unknown>> | undefined>;
  readonly readSecret: (secretId: string) => Promise<SecretResult>;
  readonly model: LanguageModel;
  readonly clock: Clock;
}

/** What one variable came to. */
export interface RehearsedValue {
  readonly variable: string;
  readonly verdict: string;
  readonly value?: string;
  /** Why words of the model were not taken. */
  readonly refused?: string;
}

/** What the message costs if its first send goes, in the budget's currency. */
export interface RehearsedCost {
  readonly currency: string;
  /** Absent where the message has no words yet that could be counted. */
  readonly amount?: number;
  /** Held back from the month's budget until the message has come to rest. */
  readonly reserved: number;
}

/** What would be sent, and whether it may be. */
export interface Rehearsal {
  readonly outcome: 'would_send' | 'would_wait_for_a_person';
  readonly reason?: string;
  readonly detail?: string;
  readonly template: string;
  readonly model?: string;
  readonly values: readonly RehearsedValue[];
  readonly filled?: FilledMessage;
  readonly tokens: TokenUsage;
  /** By the prices of the project's budget; absent where it has none. */
  readonly cost?: RehearsedCost;
}

/** Composes and proves a request's message as the processor does. Sends and writes nothing; the model is asked and paid for. */
export async function rehearse(request: ConversationRequest, ports: RehearsalPorts): Promise<Rehearsal> {
  const { company_id: companyId, project_id: projectId } = request.company_data;
  const channel = request.request_data.channel_method;
  const record = await ports.findCompany({ companyId, projectId });
  if (!record) throw failed(`the stage has no company ${companyId} with a project ${projectId}; check --company, --project and --stage`);
  const project = valid(parseProject(record), companyId, projectId);
  const settings = valid(parseChannelSettings(record, channel), companyId, projectId);
  if (!allowedChannels(project).includes(channel)) throw failed(`the project does not allow the channel ${channel}; add it to allowed_channels`);
  const access = await modelAccess(settings, ports);
  const heard = new Map<string, string>();
  const subject = { ...request.recipient_data, project_data: request.project_data };
  const order = { subject, project, settings, access, timeBudgetMilliseconds: TIME_BUDGET };
  const result = await compose(order, { model: listening(ports.model, heard), clock: ports.clock, observer: SILENT });
  const rehearsal = told(result, settings, heard);
  const cost = costing(project, settings, order.subject, 'composition' in result ? result.composition : undefined);
  return { ...rehearsal, ...(cost ? { cost } : {}) };
}

function costing(
  { budget }: Project, settings: ChannelSettings, subject: Pick<CompositionSubject, 'project_data'>, composition: CompositionSnapshot | undefined,
): RehearsedCost | undefined {
  if (!budget) return undefined;
  const prices = pricesOf(budget, settings.content.channel);
  const sent = composition && costOf(prices, { composition, conversation_status: 'initial_message_sent', attempt_count: 1 });
  const reserved = costAtMost(prices, settings, subject.project_data) / MILLION;
  return { currency: prices.currency, ...(sent === undefined ? {} : { amount: sent / MILLION }), reserved };
}

function told(result: CompositionResult, settings: ChannelSettings, heard: ReadonlyMap<string, string>): Rehearsal {
  const { template } = settings.content;
  if (result.outcome === 'unavailable') throw failed('the language model did not answer; try again, or check its vendor\'s status page');
  if (result.outcome === 'misconfigured') throw failed(`the language model refused the call (${result.code}); check ${modelSecretId(settings.model) ?? 'the role'}, its budget and the model ${settings.model.model}`);
  const { composition } = result;
  const open = result.outcome === 'unprovable' ? openIn(result.detail) : new Map<string, string>();
  const values = Object.keys(template.variables).map((variable): RehearsedValue => {
    const value = composition?.values[variable];
    const refused = open.get(variable) ?? heard.get(variable);
    return {
      variable,
      verdict: composition?.verdicts[variable] ?? 'refused',
      ...(value === undefined ? {} : { value }),
      ...(refused === undefined ? {} : { refused }),
    };
  });
  return {
    outcome: result.outcome === 'composed' ? 'would_send' : 'would_wait_for_a_person',
    ...(result.outcome === 'composed' ? {} : { reason: result.reason, detail: result.detail }),
    template: `${template.name} version ${template.version}`,
    ...(composition?.model === undefined ? {} : { model: composition.model }),
    values,
    ...(composition ? { filled: composition.filled } : {}),
    tokens: composition?.usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  };
}

/** By variable, the rules that a detail names, in plain words. */
function openIn(detail: string): ReadonlyMap<string, string> {
  return new Map(detail.split('; ').map((part) => {
    const [variable = '', ...rules] = part.split(/[:,]\s*/);
    return [variable, rules.map(inWords).join(' ')] as const;
  }));
}

function inWords(rule: string): string {
  const word = rule.replace(/^fallback /, '');
  const words = Object.hasOwn(RULES, word) ? `${RULES[word as Rule]} (${word})` : rule;
  return rule === word ? words : `The fallback: ${words}`;
}

/** Hears why the model's first words were refused: that stands in the question that it is asked a second time. */
function listening(model: LanguageModel, heard: Map<string, string>): LanguageModel {
  return {
    fill: async (request) => {
      for (const [variable, { reason }] of Object.entries(request.repair ?? {})) heard.set(variable, reason);
      return model.fill(request);
    },
  };
}

async function modelAccess(settings: ChannelSettings, { readSecret }: RehearsalPorts): Promise<ModelCredential> {
  if (writtenVariables(settings.content.template).length === 0) return { kind: 'key', apiKey: '' };
  const secretId = modelSecretId(settings.model);
  if (secretId === undefined) return { kind: 'role' };
  const secret = await readSecret(secretId);
  const apiKey = secret.outcome === 'found' ? secret.fields.ai_api_key : undefined;
  if (apiKey) return { kind: 'key', apiKey };
  throw failed(`the secret ${secretId} ${secret.outcome === 'found' ? 'lacks ai_api_key' : `is ${secret.outcome}`}; store it with engine secret set model`);
}

function valid<Value extends Project | ChannelSettings>(checked: Checked<Value>, companyId: string, projectId: string): Value {
  if (checked.valid) return checked.value;
  const faults = checked.faults.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw failed(`the company record is incomplete (${faults}); see engine company show ${companyId} ${projectId}`);
}

function failed(why: string): CommandError {
  return new CommandError(`The dry run failed: ${why}.`);
}

const nothing = () => undefined;
const SILENT: Observer = { info: nothing, warn: nothing, error: nothing, count: nothing, duration: nothing };
