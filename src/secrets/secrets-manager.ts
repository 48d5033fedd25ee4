import type { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type { SecretReader, SecretResult } from '../core/ports/secret-store';

/** Seconds for which a secret is kept: how long a rotated one may still be used. */
export const SECRET_CACHE_SECONDS = 300;

/** Seconds between two reads of one secret past the cache. */
export const PAST_CACHE_SECONDS = 30;

/** Secrets kept at most; one more, and the cache starts afresh. */
const CACHE_ENTRIES = 500;

/**
 * Secrets Manager's words for a secret that is not there: unknown, marked for deletion, or of a name that none can
 * have.
 */
const MISSING = [
  'ResourceNotFoundException',
  'InvalidRequestException',
  'InvalidParameterException',
  'ValidationException',
];

/**
 * Secrets in AWS Secrets Manager. Only secrets of the right form stay in the cache, so that a corrected one is used
 * at once.
 */
export class SecretsManagerSecrets implements SecretReader {
  private readonly cached = new Set<string>();
  private readonly underway = new Map<string, Promise<SecretResult>>();

  /** By secret, the moment at which it was last read past the cache. */
  private readonly readPastCache = new Map<string, number>();

  constructor(
    private readonly provider: Pick<SecretsProvider, 'get' | 'clearCache'>,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** Reads that are asked for at once share one call. */
  read(secretId: string, { pastCache } = { pastCache: false }): Promise<SecretResult> {
    if (pastCache && this.mayReadPastCache(secretId)) this.cached.delete(secretId);
    const reading = this.underway.get(secretId) ?? this.readNow(secretId).finally(() => this.underway.delete(secretId));
    this.underway.set(secretId, reading);
    return reading;
  }

  /** A forged call must not cause a read each time. */
  private mayReadPastCache(secretId: string): boolean {
    const now = this.now();
    if (now - (this.readPastCache.get(secretId) ?? Number.NEGATIVE_INFINITY) < PAST_CACHE_SECONDS * 1000) return false;
    if (this.readPastCache.size >= CACHE_ENTRIES) this.readPastCache.clear();
    this.readPastCache.set(secretId, now);
    return true;
  }

  private async readNow(secretId: string): Promise<SecretResult> {
    if (!this.cached.has(secretId) && this.cached.size >= CACHE_ENTRIES) {
      this.provider.clearCache();
      this.cached.clear();
    }
    const isCached = this.cached.delete(secretId);
    try {
      const fields = parse(await this.provider.get(secretId, { maxAge: SECRET_CACHE_SECONDS, forceFetch: !isCached }));
      if (!fields) return { outcome: 'malformed' };
      this.cached.add(secretId);
      return { outcome: 'found', fields };
    } catch (error) {
      return { outcome: MISSING.includes(causeOf(error)) ? 'missing' : 'unavailable' };
    }
  }
}

/** Undefined unless the value is one JSON object whose fields are texts. */
function parse(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'string') return undefined;
  const parsed = parseJson(value);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const fields = Object.entries(parsed).filter((field): field is [string, string] => typeof field[1] === 'string');
  return fields.length === Object.keys(parsed).length ? Object.fromEntries(fields) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Powertools wraps the SDK's error. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.name : '';
}
