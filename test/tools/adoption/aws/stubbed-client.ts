type Input = Readonly<Record<string, unknown>>;

/** Answers by the operation's name; an operation that has none here is a fault of the test. */
export type Answers = Readonly<Record<string, (input: Input) => unknown>>;

export interface Stubbed<Client> {
  readonly client: Client;
  /** Operations with what was sent. */
  readonly calls: ReadonlyArray<{ readonly operation: string; readonly input: Input }>;
  /** Operations alone, in order. */
  operations(): readonly string[];
}

/** A client of the AWS SDK that never calls: the SDK's own paginators take no other. */
export function stubbed<Client extends object>(client: Client, answers: Answers): Stubbed<Client> {
  const calls: Array<{ operation: string; input: Input }> = [];
  const send = async (command: { readonly input: Input }) => {
    const operation = command.constructor.name.replace(/Command$/, '');
    // A copy: the SDK's paginators use their input again.
    calls.push({ operation, input: { ...command.input } });
    const answer = answers[operation];
    if (!answer) throw new Error(`The test has no answer for ${operation}.`);
    return Promise.resolve(answer(command.input));
  };
  return { client: Object.assign(client, { send }), calls, operations: () => calls.map(({ operation }) => operation) };
}

export const REGION = { region: 'eu-west-1' };

/** What AWS throws. */
export function failure(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

export function fails(name: string, message?: string): () => never {
  return () => { throw failure(name, message); };
}

/** Answers in turn; the last one again and again. */
export function inTurn(...answers: ReadonlyArray<(input: Input) => unknown>): (input: Input) => unknown {
  let position = -1;
  return (input) => {
    position = Math.min(position + 1, answers.length - 1);
    return answers[position]?.(input);
  };
}
