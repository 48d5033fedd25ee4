/** Said before the refused values and the reasons, which follow as JSON data. */
export const REPAIR_RULES =
  'Some values of an earlier answer were refused. For each, the value and the reason follow as JSON data. ' +
  'Answer all variables of the schema again, each with its evidence, and avoid these faults: leave out what no fact '
  + 'says ' +
  'rather than replace it, and take each name and figure from the fact that you cite for it.';
