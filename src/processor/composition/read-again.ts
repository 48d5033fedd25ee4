import type { ChannelSettings } from '../../core/company/company';
import type { TokenUsage } from '../../core/ports/language-model';
import { doubtsAbout } from '../../proof/citations/doubts';
import type { Evidence } from '../../proof/evidence';
import type { MessagePlan } from '../../proof/message-plan';
import type { Candidates, Refusals, ResolvedValues } from '../../proof/proof';
import { citedFacts } from '../../proof/proof';
import { evidenceFor } from '../../proof/scope/scopes';
import type { Rule } from '../../proof/rules/rules';
import { READER_PROMPT, readerQuestion, readReading } from './second-reader';
import type { Ask } from './write-values';
import { NO_USAGE } from './write-values';

/** What the second reader found, and what it cost. */
export interface ReadAgain {
  /** The values that it does not let go. */
  readonly refusals: Refusals;
  /** It did not answer, so that a person has to read these values. */
  readonly unread: Refusals;
  readonly usage: TokenUsage;
  /** Absent where no value had to be read. */
  readonly by?: { readonly prompt: string; readonly model: string };
}

/** With less time left the reader is not asked, in milliseconds: it would be paid for and not heard. */
const SHORTEST_READING = 1_000;

/**
 * Has the written values of a message read once more where its template asks for it. A second reader can only refuse.
 */
export async function readAgain(
  plan: MessagePlan,
  evidence: Evidence,
  resolved: ResolvedValues,
  { settings, ask, left }: { readonly settings: ChannelSettings; readonly ask: Ask; readonly left: number },
): Promise<ReadAgain> {
  const values = valuesToRead(plan, evidence, resolved.candidates, settings);
  const none = { refusals: new Map(), unread: new Map(), usage: NO_USAGE };
  // A person sees a message that is held anyway.
  if (values.size === 0 || resolved.open.size > 0 || resolved.message.length > 0) return none;
  const model = settings.model.second_reader_model ?? settings.model.model;
  const by = { prompt: READER_PROMPT, model };
  if (left < SHORTEST_READING) return { ...none, ...unanswered(values, settings), by };
  const result = await ask({ ...readerQuestion(plan, values), model, timeBudgetMilliseconds: left });
  const usage = 'usage' in result ? result.usage : NO_USAGE;
  const reading = readReading(plan, values, result);
  if (reading.outcome === 'unavailable') return { ...none, ...unanswered(values, settings), usage, by };
  return { ...none, refusals: refusedBy('unsupported', reading.unsupported), usage, by };
}

function unanswered(values: ReadonlyMap<string, string>, { content }: ChannelSettings): Partial<ReadAgain> {
  const refusals = refusedBy('reader_unavailable', values.keys());
  return content.template.on_reader_outage === 'fallback' ? { refusals } : { unread: refusals };
}

function refusedBy(rule: Rule, names: Iterable<string>): Refusals {
  return new Map([...names].map((name) => [name, [rule]]));
}

function valuesToRead(
  plan: MessagePlan,
  evidence: Evidence,
  candidates: Candidates,
  { content }: ChannelSettings,
): ReadonlyMap<string, string> {
  const { second_reader: when = 'never' } = content.template;
  if (when === 'never') return new Map();
  const cited = citedFacts(plan, candidates);
  const written = [...candidates].filter(([name, { value, verdict }]) =>
    plan.toWrite.includes(name) && value !== '' && (verdict === 'proved' || verdict === 'repaired'));
  const isDoubtful = (name: string, value: string) =>
    doubtsAbout(value, evidenceFor(plan, evidence, name), cited.get(name)?.leaves ?? []).length > 0;
  const read = written.filter(([name, { value }]) => when === 'always' || isDoubtful(name, value));
  return new Map(read.map(([name, { value }]) => [name, value]));
}
