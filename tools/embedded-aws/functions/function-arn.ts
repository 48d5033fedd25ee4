/** A function as other resources name it; the qualifier is a version or an alias. */
export interface FunctionName {
  readonly name: string;
  readonly qualifier?: string;
}

/** Reads a function's ARN, with or without a qualifier, or its bare name (`name` or `name:qualifier`). */
export function functionNameOf(arnOrName: string): FunctionName {
  const parts = arnOrName.startsWith('arn:') ? arnOrName.split(':').slice(6) : arnOrName.split(':');
  const [name, qualifier] = parts;
  if (!name) {
    throw new Error(
      `Reading the function name "${arnOrName}" failed: it is neither a function's ARN nor its name. Correct it in `
        + 'the stack.',
    );
  }
  return qualifier === undefined || qualifier === '$LATEST' ? { name } : { name, qualifier };
}
