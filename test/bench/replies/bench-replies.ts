import type { BenchContext, Section, Table } from '../section';
import type { JudgedCase } from './judge-case';
import { isHandOff, isSame, judgeCases } from './judge-case';
import { grouped, HONEST, readReplyCases } from './reply-cases';

/** What becomes of recorded answers of models, from the recipient's words to the decision. */
export async function benchReplies({ onProgress }: BenchContext): Promise<Section> {
  onProgress('Replies: judging …');
  const judged = await judgeCases(readReplyCases());
  const honest = judged.filter(({ errs }) => errs === HONEST);
  const erring = judged.filter(({ errs }) => errs !== HONEST);
  const count = (of: readonly JudgedCase[], is: (one: JudgedCase) => boolean) => of.filter(is).length;
  const unproved = count(judged, (one) => one.unproved !== undefined);
  return {
    name: 'replies',
    title: 'Replies',
    notes: [
      `${honest.length} turns of test/bench/replies with ${erring.length} answers of models that err. What was written `
        + 'and what a model answered are recorded; everything from there to the decision is the engine\'s own code.',
    ],
    tables: [
      turnTable('Right decisions, by language', 'language', honest, languageOf),
      turnTable('Right decisions, by kind of turn', 'kind', honest, ({ turn }) => turn.kind),
      {
        title: 'What a model that errs leads to',
        columns: ['error', 'answers', 'right all the same', 'nothing wrong said', 'true words beside the point',
          'wrong answers kept', 'words sent without proof'],
        rows: [...grouped(erring, ({ errs }) => errs)].sort().map(([name, all]) => [
          name, all.length, count(all, ({ isRight }) => isRight), count(all, isQuiet), count(all, isBesideThePoint),
          count(all, ({ wrongAnswers }) => wrongAnswers.length > 0), count(all, (one) => one.unproved !== undefined),
        ]),
      },
    ],
    figures: {
      repliesRightShare: count(honest, ({ isRight }) => isRight) / honest.length,
      repliesHandOffsPer100: (100 * count(honest, ({ decided }) => isHandOff(decided))) / honest.length,
      repliesUnproved: unproved,
    },
  };

  function turnTable(
    title: string,
    subject: string,
    of: readonly JudgedCase[],
    name: (one: JudgedCase) => string,
  ): Table {
    const row = (label: string, all: readonly JudgedCase[]) => {
      const handOffs = all.filter(({ decided }) => isHandOff(decided));
      const per100 = (part: readonly JudgedCase[]) => ((100 * part.length) / all.length).toFixed(0);
      const right = all.filter(({ isRight }) => isRight);
      const idle = handOffs.filter(({ turn }) => !isHandOff(turn.right));
      return [
        label, all.length, right.length, `${per100(right)} %`, per100(handOffs), per100(idle),
        count(all, (one) => one.unproved !== undefined),
      ] as const;
    };
    const groups = [...grouped(of, name)].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      title,
      columns: [subject, 'turns', 'right', 'share', 'hand-offs per 100', 'of them needless', 'words without proof'],
      rows: [...groups.map(([label, all]) => row(label, all)), row('all', of)],
    };
  }
}

export function languageOf({ scenario }: Pick<JudgedCase, 'scenario'>): string {
  return scenario.language.slice(0, 2);
}

/** Not all is as it must be, yet nothing else was said, and no wrong answer kept. */
export function isQuiet(one: JudgedCase): boolean {
  return !one.isRight && one.wrongAnswers.length === 0 && !isBesideThePoint(one);
}

/** A card's words that are true, and no answer to what was asked. */
export function isBesideThePoint({ decided: { then }, turn, unproved }: JudgedCase): boolean {
  return unproved === undefined && typeof then === 'object' && 'card' in then && !isSame(then, turn.right.then);
}
