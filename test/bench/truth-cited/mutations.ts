/** A rule switched off: a function of one module answers that it found nothing. */
export interface ProofMutation {
  readonly name: string;
  /** Below src/proof. */
  readonly module: string;
  readonly function: string;
  /** What the function answers instead. */
  readonly answer: unknown;
}

/**
 * One for each rule of evidence, scopes and doubts; each must have a value of the benchmark judged wrongly that is
 * judged well now.
 */
export const PROOF_MUTATIONS: readonly ProofMutation[] = [
  {
    name: 'quotes are not looked up',
    module: 'citations/cited-leaves',
    function: 'findCited',
    answer: { leaves: [], misquoted: [] },
  },
  {
    name: 'what no cited fact holds is not looked for',
    module: 'citations/judge-citations',
    function: 'citedFaults',
    answer: [],
  },
  { name: 'a name may have any title', module: 'relations/name-titles', function: 'namesWithAnotherTitle', answer: [] },
  { name: 'facts may be turned round', module: 'citations/find-reversed', function: 'isReversed', answer: false },
  { name: 'a limit may be left out', module: 'citations/qualifiers', function: 'missingQualifiers', answer: [] },
  { name: 'nothing is doubtful', module: 'citations/doubts', function: 'doubtsAbout', answer: [] },
  {
    name: 'a demand of strangers is a fact',
    module: 'scope/untrusted-text',
    function: 'withoutDemands',
    answer: undefined,
  },
  {
    name: 'an instruction of strangers stays among the facts',
    module: 'scope/untrusted-text',
    function: 'withoutInstructions',
    answer: undefined,
  },
  {
    name: 'strangers prove sums and shares',
    module: 'scope/foreign-offers',
    function: 'foreignOffers',
    answer: undefined,
  },
  { name: 'a scope holds all facts', module: 'scope/scopes', function: 'scopesOf', answer: undefined },
];
