import { z } from 'zod';

/** Longest wait for one answer, in milliseconds. */
const PATIENCE = 30_000;

export interface GitHubAccess {
  readonly url: string;
  /** owner/name */
  readonly repository: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

/** GitHub's REST API as far as one repository goes; every answer is read through a schema. */
export class GitHubApi {
  readonly repository: string;

  constructor(private readonly access: GitHubAccess) {
    this.repository = access.repository;
  }

  async get<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer> {
    const found = await this.find(path, schema);
    if (found === undefined) throw failure('GET', path, 404, 'it does not exist, or the job may not see it');
    return found;
  }

  /** Undefined if GitHub answers that it does not exist. */
  async find<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer | undefined> {
    const response = await this.call('GET', path);
    if (response.status === 404) return undefined;
    return read('GET', path, response, schema);
  }

  /** The items of a list that comes in pages of a hundred, as they are asked for. */
  async* pages<Answer>(path: string, schema: z.ZodType<Answer>, mostPages: number): AsyncGenerator<Answer> {
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await this.find(`${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`, schema);
      if (answer === undefined) return;
      yield answer;
    }
  }

  async send(method: 'POST' | 'PATCH', path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    await read(method, path, await this.call(method, path, body), z.unknown());
  }

  private async call(method: string, path: string, body?: Readonly<Record<string, unknown>>): Promise<Response> {
    const { url, repository, token } = this.access;
    return this.access.fetch(`${url}/repos/${repository}${path}`, {
      method,
      headers: {
        'accept': 'application/vnd.github+json',
        'authorization': `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
      },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

async function read<Answer>(
  method: string,
  path: string,
  response: Response,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  if (!response.ok) throw failure(method, path, response.status, (await response.text()).slice(0, 200));
  const parsed = schema.safeParse(await response.json());
  if (!parsed.success) {
    throw failure(method, path, response.status, `its answer is not as documented: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function failure(method: string, path: string, status: number, reason: string): Error {
  return new Error(
    `Asking GitHub for ${method} ${path} failed with HTTP ${status}: ${reason} Check the job's permissions, then `
      + 'run the job again.',
  );
}
