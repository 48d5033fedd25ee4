/** What a client gets. */
export interface ApiResponse {
  readonly status: number;
  /** A name may come several times. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Buffer;
}

/** The headers that API Gateway adds unless the response has them. */
export function withHeaders(response: ApiResponse, added: ReadonlyArray<readonly [string, string]>): ApiResponse {
  const present = new Set(response.headers.map(([name]) => name.toLowerCase()));
  return { ...response, headers: [...added.filter(([name]) => !present.has(name.toLowerCase())), ...response.headers] };
}
