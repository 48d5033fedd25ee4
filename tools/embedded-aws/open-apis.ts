import type { RestApiOptions } from './api/rest-api';
import { RestApi } from './api/rest-api';
import { restApiDefinition } from './api/rest-api-definition';
import { openRestApiServer } from './api/rest-api-server';
import { HttpApi } from './http-api/http-api';
import { httpApiDefinition } from './http-api/http-api-definition';
import { openHttpApiServer } from './http-api/http-api-server';
import type { StackTemplate } from './template/stack-template';

export interface OpenApis {
  readonly stageName: string;
  readonly addresses: { readonly apiUrl: string; readonly httpApiUrl?: string };
  /** From here on requests are answered; before, they are refused. */
  serve(parts: Pick<RestApiOptions, 'accessLog' | 'invoke' | 'mayInvoke' | 'plans'>): void;
}

/** Listens for the stack's REST API, and for its HTTP API where it has one: functions may need their addresses. */
export async function openApis(
  template: StackTemplate,
  { port, httpApiPort, now }: {
    readonly port?: number;
    readonly httpApiPort?: number;
    readonly now?: () => number;
  },
  stops: Array<() => Promise<void>>,
): Promise<OpenApis> {
  const api = restApiDefinition(template);
  const apiServer = await openRestApiServer({ stageName: api.stageName, port, now });
  stops.push(async () => apiServer.stop());
  const httpApi = httpApiDefinition(template);
  const httpServer = httpApi && (await openHttpApiServer(httpApiPort));
  if (httpServer) stops.push(async () => httpServer.stop());
  return {
    stageName: api.stageName,
    addresses: { apiUrl: apiServer.url, ...(httpServer && { httpApiUrl: httpServer.url }) },
    serve: (parts) => {
      apiServer.serve(new RestApi({ api, now, ...parts }));
      if (!httpApi || !httpServer) return;
      const { mayInvoke, invoke } = parts;
      httpServer.serve(new HttpApi({ api: httpApi, mayInvoke, invoke, now: now ?? Date.now }));
    },
  };
}
