import type { DeliveryContext, DeliveryStage } from './delivery-context';

/**
 * The stages that `-c stages=dev,prod` names. Which account they share is for a person to say, so there is no default.
 */
export function chosenStages(delivery: DeliveryContext, choice: unknown): readonly DeliveryStage[] {
  const known = delivery.stages.map(({ name }) => name).join(', ');
  if (typeof choice !== 'string' || choice.trim() === '') {
    throw new Error(
      'Preparing the account failed: no stage was named. Add -c stages= with the stages that live in this account, '
        + `of ${known}, separated by commas.`,
    );
  }
  return choice.split(',').map((word) => {
    const found = delivery.stages.find(({ name }) => name === word.trim());
    if (!found) {
      throw new Error(
        `Preparing the account failed: there is no stage "${word.trim()}". Take one of ${known}, or add it to `
          + '.projenrc.ts and run npx projen.',
      );
    }
    return found;
  });
}
