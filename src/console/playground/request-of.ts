/** What was typed, by dotted path. */
export type Fields = Readonly<Record<string, string>>;

interface Template {
  readonly channel: string;
  readonly variables: ReadonlyArray<{
    readonly name: string;
    readonly description: string;
    readonly copyOf?: string;
    readonly facts: readonly string[];
  }>;
}

export interface WantedField {
  readonly path: string;
  readonly description: string;
}

/** The field for whatever the model is to write from, if no variable names its facts. */
const ABOUT: WantedField = { path: 'project_data.about', description: 'What the message is about, in a sentence' };

/** The facts that a template asks a request for, and an address of its channel. */
export function wantedFields(template: Template | undefined): readonly WantedField[] {
  if (!template) return [];
  const copied = template.variables.flatMap(({ copyOf, description }) =>
    copyOf?.startsWith('project_data.') || copyOf?.startsWith('recipient_data.')
      ? [{ path: copyOf, description }]
      : [],
  );
  const written = template.variables.filter(({ copyOf }) => copyOf === undefined);
  const facts = written.flatMap(({ facts: paths, description }) => paths.map((path) => ({ path, description })));
  const free = written.some(({ facts: paths }) => paths.length === 0) ? [ABOUT] : [];
  const address =
    template.channel === 'email'
      ? { path: 'recipient_data.recipient_email', description: 'Nothing is sent to it' }
      : { path: 'recipient_data.recipient_tel', description: 'As +44…; nothing is sent to it' };
  const all = [...copied, ...facts, ...free, address];
  return all.filter(({ path }, index) => all.findIndex((other) => other.path === path) === index);
}

/** The request that a client would post. */
export function requestOf(
  ids: { readonly company: string; readonly project: string },
  channel: string,
  fields: Fields,
): Record<string, unknown> {
  const section = (name: string) =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([path, value]) => path.startsWith(`${name}.`) && value.trim() !== '')
        .map(([path, value]) => [path.slice(name.length + 1), value]),
    );
  return {
    company_data: { company_id: ids.company, project_id: ids.project },
    recipient_data: { ...section('recipient_data'), comms_consent: true },
    project_data: section('project_data'),
    request_data: {
      request_id: crypto.randomUUID(),
      channel_method: channel,
      initial_request_timestamp: new Date().toISOString(),
    },
  };
}

/** The same request as a backend team would send it. */
export function curlOf(request: Readonly<Record<string, unknown>>): string {
  const body = JSON.stringify(request, undefined, 2).replaceAll("'", "'\\''");
  return `curl -sS "$ENGINE_URL/initiate-conversation" \\\n  -H "x-api-key: $ENGINE_KEY" -H 'content-type: application/json' \\\n  -d '${body}'`;
}

export function typescriptOf(request: Readonly<Record<string, unknown>>): string {
  return `const result = await engine.initiate(${JSON.stringify(request, undefined, 2)});`;
}
