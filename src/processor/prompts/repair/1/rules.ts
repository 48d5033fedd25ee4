/** Said before the refused values and the reasons, which follow as JSON data. */
export const REPAIR_RULES =
  'Some values of an earlier answer were refused. For each, the value and the reason follow as JSON data. ' +
  'Answer all variables again and avoid these faults.';
