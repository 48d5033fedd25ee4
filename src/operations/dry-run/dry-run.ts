import type { Checked } from '../../core/company/check-schema';
import type { ChannelSettings, Project } from '../../core/company/company';
import { allowedChannels, modelSecretId, parseChannelSettings, parseProject } from '../../core/company/company';
import type { FilledMessage } from '../../core/company/template';
import { writtenVariables } from '../../core/company/template';
import type { Fault } from '../../core/contract/refusal';
import type { ConversationRequest } from '../../core/contract/request';
import type { CompositionSnapshot } from '../../core/lifecycle/conversation';
import { MODEL_CALLS } from '../../core/lifecycle/limits';
import type { LanguageModel, ModelCredential, TokenUsage } from '../../core/ports/language-model';
import type { Observer } from '../../core/ports/observer';
import { CallMeter } from '../../core/usage/call-meter';
import { costOf, MILLION, reservationFor } from '../../core/usage/cost';
import { fallbackRule } from '../../processor/compose-step';
import type { CompositionResult, CompositionSubject } from '../../processor/composition/compose';
import { compose } from '../../processor/composition/compose';
import { answeredValue } from '../../processor/composition/answered-value';
import type { OperationPorts } from '../ports';
import type { FlatFact } from '../handoffs/flat-facts';
import { modelAccess } from './model-access';
import type { TracedValue } from './explain-values';
import { explainValues } from './explain-values';

/** Milliseconds for the model, as the processor has. */
export const MODEL_TIME = 36_000;

type Ports = Pick<OperationPorts, 'clock' | 'directory' | 'model' | 'secrets'>;

/** What one variable came to. */
export interface TriedValue {
  readonly variable: string;
  readonly verdict: string;
  readonly value?: string;
  /** Why words of the model were refused: rules as the composition's detail names them, or sentences. */
  readonly refused?: string;
  /** A sentence for each claim of the value: what proves it, or why it may not go out. Only where it was asked for. */
  readonly claims?: readonly string[];
  /** The same with the places of claims and facts. */
  readonly trace?: Omit<TracedValue, 'sentences'>;
}

export interface DryRunOptions {
  /** Milliseconds for the model. */
  readonly modelTime?: number;
  /** Whether each value's claims are explained. */
  readonly explains?: boolean;
}

/** What the message costs if its first send goes, in the budget's currency. */
export interface MessageCost {
  readonly currency: string;
  /** Absent where the message has no words yet that could be counted. */
  readonly amount?: number;
  /** Held back from the month's budget until the message is terminal. */
  readonly reserved: number;
}

/** What would be sent, and whether it may be. */
export interface DryRun {
  readonly outcome: 'would_send' | 'would_wait_for_a_person' | 'would_fail';
  readonly reason?: string;
  readonly detail?: string;
  readonly template: string;
  readonly model?: string;
  readonly values: readonly TriedValue[];
  /** Everything that may prove a claim; only where the values are explained. */
  readonly facts?: readonly FlatFact[];
  readonly filled?: FilledMessage;
  readonly tokens: TokenUsage;
  /** By the prices of the project's budget; absent where it has none. */
  readonly cost?: MessageCost;
}

/** Why nothing could be composed. */
export type NotTried =
  | { readonly outcome: 'company_not_found' }
  | { readonly outcome: 'record_incomplete'; readonly faults: readonly Fault[] }
  | { readonly outcome: 'channel_not_allowed' }
  | { readonly outcome: 'model_key_unusable'; readonly secret: string }
  | { readonly outcome: 'model_unavailable' }
  | {
    readonly outcome: 'model_misconfigured';
    readonly code: string;
    readonly secret?: string;
    readonly model: string;
  };

/**
 * Composes and proves a request's message as the processor does. Sends and writes nothing; the model is asked and paid
 * for.
 */
export async function dryRun(
  request: ConversationRequest,
  ports: Ports,
  { modelTime = MODEL_TIME, explains = false }: DryRunOptions = {},
): Promise<DryRun | NotTried> {
  const { company_id: companyId, project_id: projectId } = request.company_data;
  const channel = request.request_data.channel_method;
  const record = await ports.directory.findCompany({ companyId, projectId });
  if (!record) return { outcome: 'company_not_found' };
  const project = parseProject(record);
  const settings = parseChannelSettings(record, channel);
  if (!project.valid || !settings.valid) {
    return { outcome: 'record_incomplete', faults: [...faultsOf(project), ...faultsOf(settings)] };
  }
  if (!allowedChannels(project.value).includes(channel)) return { outcome: 'channel_not_allowed' };
  const { model } = settings.value;
  const secret = modelSecretId(model);
  const access = await writingAccess(settings.value, secret, ports);
  if (access === undefined) return { outcome: 'model_key_unusable', secret: secret ?? '' };
  const heard: Heard = { refusals: new Map(), written: new Map() };
  const subject = { ...request.recipient_data, project_data: request.project_data };
  const order = {
    subject,
    project: project.value,
    settings: settings.value,
    access,
    calls: new CallMeter(MODEL_CALLS.ofLease),
    timeBudgetMilliseconds: modelTime,
  };
  const result = await compose(order, {
    model: recording(ports.model, heard),
    clock: ports.clock,
    observer: SILENT,
  });
  if (result.outcome === 'unavailable') return { outcome: 'model_unavailable' };
  if (result.outcome === 'misconfigured') {
    return { outcome: 'model_misconfigured', code: result.code, secret, model: model.model };
  }
  const cost = costOfMessage(project.value, settings.value, subject, result.composition);
  const run = shown(result, settings.value, heard.refusals);
  if (!explains) return { ...run, cost };
  const explained = explainValues({ ...order, composition: result.composition, written: heard.written });
  const values = run.values.map((value) => {
    const found = explained.values.get(value.variable);
    if (!found) return value;
    const { sentences: claims, ...trace } = found;
    return { ...value, claims, trace };
  });
  return { ...run, values, facts: explained.facts, cost };
}

function faultsOf(checked: Checked<unknown>): readonly Fault[] {
  return checked.valid ? [] : checked.faults;
}

function costOfMessage(
  project: Project,
  settings: ChannelSettings,
  subject: Pick<CompositionSubject, 'project_data' | 'recipient_first_name' | 'recipient_last_name'>,
  composition: CompositionSnapshot | undefined,
): MessageCost | undefined {
  const { budget } = project;
  if (!budget) return undefined;
  const { prices, reserved } = reservationFor(budget, project, settings, subject);
  const sent =
    composition && costOf(prices, { composition, conversation_status: 'initial_message_sent', attempt_count: 1 });
  return {
    currency: prices.currency,
    amount: sent === undefined ? undefined : sent / MILLION,
    reserved: reserved / MILLION,
  };
}

type Composed = Extract<CompositionResult, { readonly outcome: 'composed' | 'unprovable' }>;

function shown(result: Composed, settings: ChannelSettings, refusals: ReadonlyMap<string, string>): DryRun {
  const { template } = settings.content;
  const { composition } = result;
  const open = result.outcome === 'unprovable' ? openIn(result.detail) : new Map<string, string>();
  const values = Object.keys(template.variables).map((variable): TriedValue => ({
    variable,
    verdict: composition?.verdicts[variable] ?? 'refused',
    value: composition?.values[variable],
    refused: open.get(variable) ?? refusals.get(variable),
  }));
  return {
    ...verdictOf(result, settings),
    template: `${template.name} version ${template.version}`,
    model: composition?.model,
    values,
    filled: composition?.filled,
    tokens: composition?.usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  };
}

function verdictOf(result: Composed, settings: ChannelSettings): Pick<DryRun, 'outcome' | 'reason' | 'detail'> {
  if (result.outcome === 'unprovable') {
    return { outcome: 'would_wait_for_a_person', reason: result.reason, detail: result.detail };
  }
  const { fallbacks: detail } = result;
  const rule = detail === undefined ? 'send' : fallbackRule(settings);
  if (rule === 'send') return { outcome: 'would_send' };
  return { outcome: rule === 'fail' ? 'would_fail' : 'would_wait_for_a_person', reason: 'fallback_used', detail };
}

/** By variable, the rules that a detail names. */
function openIn(detail: string): ReadonlyMap<string, string> {
  return new Map(detail.split('; ').map((part) => {
    const end = part.indexOf(':');
    return end === -1 ? [part, ''] : [part.slice(0, end), part.slice(end + 1).trim()];
  }));
}

/** What passed between the engine and the model, by variable. */
interface Heard {
  /** Why the first words were refused: that is in the question that the model is asked a second time. */
  readonly refusals: Map<string, string>;
  /** The words that it wrote last. */
  readonly written: Map<string, string>;
}

function recording(model: LanguageModel, { refusals, written }: Heard): LanguageModel {
  return {
    fill: async (request) => {
      for (const [variable, { reason }] of Object.entries(request.repair ?? {})) refusals.set(variable, reason);
      const result = await model.fill(request);
      for (const [variable, answer] of Object.entries(result.outcome === 'values' ? result.values : {})) {
        const { value } = answeredValue(answer);
        if (typeof value === 'string') written.set(variable, value);
      }
      return result;
    },
  };
}

/** Undefined where the secret cannot be used. Where nothing is written no model is asked. */
async function writingAccess(
  settings: ChannelSettings, secretId: string | undefined, ports: Ports,
): Promise<ModelCredential | undefined> {
  const isAsked = writtenVariables(settings.content.template).length > 0;
  return isAsked ? modelAccess(secretId, ports) : { kind: 'key', apiKey: '' };
}

const nothing = () => undefined;
const SILENT: Observer = { info: nothing, warn: nothing, error: nothing, count: nothing, duration: nothing };
