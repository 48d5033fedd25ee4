import type { ChannelSettings, Project } from '../../core/company/company';
import { factAt } from '../../core/contract/fact-path';
import type { CompositionSnapshot } from '../../core/lifecycle/conversation';
import type { CompositionSubject } from '../../processor/composition/compose';
import { planMessage } from '../../proof/message-plan';
import type { Candidate } from '../../proof/proof';
import { explainClaim } from '../../proof/trace/explain-claim';
import { proofTrace } from '../../proof/trace/proof-trace';
import type { ShownClaim } from '../explained-value';
import { shownClaim } from '../explained-value';
import type { FlatFact } from '../handoffs/flat-facts';
import { flatFacts } from '../handoffs/flat-facts';

/** What a message was composed of, and what came of it. */
export interface Explained {
  readonly subject: CompositionSubject;
  readonly project: Project;
  readonly settings: ChannelSettings;
  readonly composition: CompositionSnapshot | undefined;
  /** By variable, what the model wrote last. */
  readonly written: ReadonlyMap<string, string>;
}

/** What a value claims. */
export interface TracedValue {
  /** The words that were judged: where those of the model were refused, they stand here and nowhere else. */
  readonly judged: string;
  readonly isRefused: boolean;
  readonly claims: readonly ShownClaim[];
  /** One plain sentence a claim: what proves it, or why it may not go out. */
  readonly sentences: readonly string[];
}

export interface ExplainedValues {
  /** By variable. */
  readonly values: ReadonlyMap<string, TracedValue>;
  /** Everything that may prove a claim. */
  readonly facts: readonly FlatFact[];
}

/** Each claim of each value with what proves it or why it may not go out. */
export function explainValues(
  { subject, project, settings: { content }, composition, written }: Explained,
): ExplainedValues {
  const planned = planMessage(subject, project, content);
  if (!planned.valid) return { values: new Map(), facts: [] };
  const { plan } = planned;
  const resolved = Object.entries(composition?.verdicts ?? {}).map(([name, verdict]): [string, Candidate] =>
    [name, { value: composition?.values[name] ?? '', verdict }]);
  // Words that were refused stand nowhere but in the model's answer.
  const refused = [...written].flatMap(([name, value]): ReadonlyArray<[string, Candidate]> => {
    const verdict = composition?.verdicts[name];
    return verdict === 'proved' || verdict === 'repaired' ? [] : [[name, { value, verdict: 'proved' }]];
  });
  const candidates = new Map([...resolved, ...refused]);
  const sections = { ...plan.facts.tree, recipient_data: subject };
  const factText = (path: string) => textOf(factAt(sections, path));
  const traced = [...proofTrace(plan, candidates)].map(([name, claims]): [string, TracedValue] => {
    const judged = candidates.get(name)?.value ?? '';
    const isRefused = refused.some(([other]) => other === name);
    const lines = claims.map((claim) => explainClaim(claim, judged, factText));
    const sentences = isRefused ? [`the model wrote: ${judged}`, ...lines] : lines;
    return [name, { judged, isRefused, claims: claims.map(shownClaim), sentences }];
  });
  return { values: new Map(traced), facts: flatFacts(plan.facts.tree, subject) };
}

function textOf(fact: unknown): string | undefined {
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : undefined;
}
