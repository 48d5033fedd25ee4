import { join } from 'node:path';
import type { CitedCase, JudgedCited } from './cited-cases';
import { PROOF_MUTATIONS } from './mutations';

interface Cases {
  readCitedCases(): readonly CitedCase[];
  judgeCited(each: CitedCase): JudgedCited;
}

/** What stands for a function whose answer depends on what it is given. */
const INSTEAD: Readonly<Record<string, (...given: never[]) => unknown>> = {
  withoutDemands: (text: string) => ({ kept: text, excluded: [] }),
  withoutInstructions: (text: string) => ({ kept: text, excluded: [] }),
  scopesOf: (_plan: unknown, evidence: unknown, names: unknown) => [{ names, evidence }],
  foreignOffers: (leaf: { value: unknown; units: never }, language: string) => {
    const { numberOffers, textOffers } = jest.requireActual(join(process.cwd(), 'src/proof/fact-offers'));
    const read =
      typeof leaf.value === 'number'
        ? numberOffers(leaf.value, leaf.units)
        : textOffers(String(leaf.value), language, leaf.units);
    return { leaf, offers: read, excluded: [] };
  },
};

/** The values that are judged as they should be, by scenario and value: wrong ones refused, right ones not. */
function judgedWell(mock: () => void): ReadonlySet<string> {
  let found: readonly string[] = [];
  jest.isolateModules(() => {
    mock();
    const { readCitedCases, judgeCited }: Cases = jest.requireActual('./cited-cases');
    // The English scenarios have a value for each rule.
    found = readCitedCases().filter(({ scenario }) => scenario.language === 'en-GB').map((each) => judgeCited(each))
      .flatMap(({ scenario, label, value, rules, isRefused }) => [
        ...((rules.length > 0) === (label === 'wrong') ? [`${scenario.scenario}, by rules: ${value}`] : []),
        ...(isRefused === (label === 'wrong') ? [`${scenario.scenario}, with a second reader: ${value}`] : []),
      ]);
  });
  return new Set(found);
}

const now = judgedWell(() => undefined);

test.each(PROOF_MUTATIONS)(
  '$name: a wrong value gets out, or a right one is refused',
  ({ module, function: name, answer }) => {
    const path = join(process.cwd(), 'src/proof', module);
    const mutated = judgedWell(() => {
      jest.doMock(path, () => ({ ...jest.requireActual(path), [name]: INSTEAD[name] ?? (() => answer) }));
    });
    jest.dontMock(path);
    expect([...now].filter((each) => !mutated.has(each))).not.toEqual([]);
  },
);
