/** Behaviours that a test arranges for the next requests, first in, first out. */
export interface ArrangedBehaviours<Behaviour> {
  arrange(behaviour: Behaviour, times: number): void;
  /** Takes the one for this request; undefined: nothing was arranged. */
  take(): Behaviour | undefined;
}

export function arrangedBehaviours<Behaviour>(): ArrangedBehaviours<Behaviour> {
  const arranged: Behaviour[] = [];
  return {
    arrange: (behaviour, times) => {
      for (let count = 0; count < times; count += 1) arranged.push(behaviour);
    },
    take: () => arranged.shift(),
  };
}
