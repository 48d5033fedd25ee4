import { randomBytes } from 'node:crypto';

/** A key that clients send as `x-api-key`. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly isEnabled: boolean;
}

export interface NewApiKey {
  readonly name: string;
  /** 20 to 128 characters; generated if left out, as API Gateway does. */
  readonly value?: string | undefined;
  readonly isEnabled?: boolean;
  readonly id?: string;
}

const SHORTEST_VALUE = 20;
const LONGEST_VALUE = 128;

/** The account's API keys. A key opens nothing until a usage plan holds it. */
export class ApiKeys {
  private readonly byId = new Map<string, ApiKey>();

  create({ name, value = randomText(40), isEnabled = true, id = randomText(10) }: NewApiKey): ApiKey {
    const refuse = (why: string) => new Error(`Creating the API key "${name}" failed: ${why}`);
    if (value.length < SHORTEST_VALUE || value.length > LONGEST_VALUE) {
      throw refuse(
        `API Gateway takes values of ${SHORTEST_VALUE} to ${LONGEST_VALUE} characters. Give a longer or shorter one.`,
      );
    }
    if (this.withValue(value)) throw refuse('another key has this value. Give another one.');
    const key = { id, name, value, isEnabled };
    this.byId.set(id, key);
    return key;
  }

  all(): readonly ApiKey[] {
    return [...this.byId.values()];
  }

  withValue(value: string): ApiKey | undefined {
    return this.all().find((key) => key.value === value);
  }

  withId(id: string): ApiKey {
    const key = this.byId.get(id);
    if (!key) {
      throw new Error(
        `Looking up the API key ${id} failed: there is none of this id. List the keys for those that exist.`,
      );
    }
    return key;
  }

  setEnabled(id: string, isEnabled: boolean): void {
    this.byId.set(id, { ...this.withId(id), isEnabled });
  }

  delete(id: string): void {
    this.byId.delete(this.withId(id).id);
  }
}

function randomText(length: number): string {
  return randomBytes(length)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .padEnd(length, '0')
    .slice(0, length)
    .toLowerCase();
}
