import type { ChannelSettings, Project } from '../../core/company/company';
import { factAt } from '../../core/contract/fact-path';
import type { CompositionSnapshot } from '../../core/lifecycle/conversation';
import type { CompositionSubject } from '../../processor/composition/compose';
import { planMessage } from '../../proof/message-plan';
import type { Candidate } from '../../proof/proof';
import { explainClaim } from '../../proof/trace/explain-claim';
import { proofTrace } from '../../proof/trace/proof-trace';

/** What a message was composed of, and what came of it. */
export interface Explained {
  readonly subject: CompositionSubject;
  readonly project: Project;
  readonly settings: ChannelSettings;
  readonly composition: CompositionSnapshot | undefined;
  /** By variable, what the model wrote last. */
  readonly written: ReadonlyMap<string, string>;
}

/** By variable, each claim of its value with what proves it or why it may not go out: one plain sentence a claim. */
export function explainValues(
  { subject, project, settings: { content }, composition, written }: Explained,
): ReadonlyMap<string, readonly string[]> {
  const planned = planMessage(subject, project, content);
  if (!planned.valid) return new Map();
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
  return new Map([...proofTrace(plan, candidates)].map(([name, claims]) => {
    const value = candidates.get(name)?.value ?? '';
    const isRefused = refused.some(([other]) => other === name);
    const lines = claims.map((claim) => explainClaim(claim, value, factText));
    return [name, isRefused ? [`the model wrote: ${value}`, ...lines] : lines];
  }));
}

function textOf(fact: unknown): string | undefined {
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : undefined;
}
