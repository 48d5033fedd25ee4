import { performance } from 'node:perf_hooks';
import { collectEvidence, collectEvidenceInTurns } from '../../../src/proof/evidence';
import type { GroundSources } from '../../../src/proof/evidence';
import { evidenceOf } from '../../../src/proof/message-plan';
import type { Candidate } from '../../../src/proof/proof';
import { validateCandidates } from '../../../src/proof/proof';
import type { BenchContext, Section } from '../section';
import { readable, spread } from '../figures';
import { LARGE_FACTS } from './large-facts';
import { planOfCase, readTruthCases } from './truth-cases';

/** How long the proof takes: a typical value, and the largest facts of several shapes. */
export async function benchTruthSpeed({ onProgress, isQuick }: BenchContext): Promise<Section> {
  onProgress('Truth: measuring …');
  const { reading, judging } = typicalValue(isQuick ? 2 : 5);
  const large = [];
  for (const [name, facts] of Object.entries(LARGE_FACTS)) large.push({ name, ...(await largeFacts(facts())) });
  return {
    name: 'truth-speed',
    title: 'Speed of the proof',
    notes: [
      'The values of `test/bench/truth`, medians, each in its message; and processor time of facts of 100 KB, with the '
        + 'longest time for which they leave no turn to other messages.',
    ],
    tables: [
      {
        title: 'A value',
        columns: ['what', 'ms'],
        rows: [['reading the facts of its message', readable(reading)], ['judging it', readable(judging)]],
      },
      {
        title: 'Facts of 100 KB',
        columns: ['facts', 'at once, ms', 'longest hold in turns, ms'],
        rows: large.map(({ name, atOnce, longest }) => [name, readable(atOnce), readable(longest)] as const),
      },
    ],
    figures: {
      truthReadMilliseconds: reading,
      truthJudgeMilliseconds: judging,
      truthLargeMilliseconds: Math.max(...large.map(({ atOnce }) => atOnce)),
      truthLongestHoldMilliseconds: Math.max(...large.map(({ longest }) => longest)),
    },
  };
}

/** Medians of all values, each measured so many times behind one that is not counted. */
function typicalValue(rounds: number): { readonly reading: number; readonly judging: number } {
  const reading: number[] = [];
  const judging: number[] = [];
  for (const each of readTruthCases()) {
    const plan = planOfCase(each);
    const copied = [...plan.copies].map(([name, value]) => [name, { value, verdict: 'copied' }] as const);
    const candidates = new Map<string, Candidate>([
      ...copied, [each.scenario.variable, { value: each.value, verdict: 'proved' }],
    ]);
    const evidence = evidenceOf(plan);
    validateCandidates(plan, evidence, candidates);
    for (let round = 0; round < rounds; round += 1) {
      reading.push(taken(() => evidenceOf(plan)));
      judging.push(taken(() => validateCandidates(plan, evidence, candidates)));
    }
  }
  return { reading: spread(reading).median, judging: spread(judging).median };
}

async function largeFacts(facts: Readonly<Record<string, unknown>>) {
  const sources: GroundSources = { language: 'en-GB', facts, names: [], templateTexts: [] };
  collectEvidence(sources);
  const atOnce = Math.min(...[1, 2, 3].map(() => processorTime(() => collectEvidence(sources))));
  const holds = [await longestHold(sources), await longestHold(sources), await longestHold(sources)];
  return { atOnce, longest: Math.min(...holds) };
}

/** Milliseconds between two turns of another message, at most. */
async function longestHold(sources: GroundSources): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const turn = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await collectEvidenceInTurns(sources);
  isOver = true;
  turn();
  return longest;
}

/** Milliseconds that other work on the machine does not lengthen; too coarse for a single value. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function taken(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}
