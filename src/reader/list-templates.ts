import type { ChannelSettings } from '../core/company/company';
import { findWithdrawal, readCompanySettings } from '../core/company/company-settings';
import { isUsable, mayUse } from '../core/company/key-right';
import type { Channel } from '../core/channel';
import { CHANNELS } from '../core/channel';
import type { Clock } from '../core/ports/clock';
import type { Directory } from '../core/ports/directory';
import type { Observer } from '../core/ports/observer';
import { database } from '../core/ports/port-failure';
import type { Refusal } from '../core/contract/refusal';
import { FORBIDDEN } from '../core/contract/refusal';
import { sha256 } from '../core/sha256';
import type { ReadAnswer } from './read-answer';
import { answerRead, explainReadFailure } from './read-answer';
import type { TemplatesAnswer } from './template-answer';

/** One `GET /templates`. */
export interface TemplatesCall {
  readonly apiKey?: string;
  /** The `Origin` header. */
  readonly origin?: string;
}

export interface TemplatePorts {
  readonly directory: Pick<Directory, 'keyGrant' | 'projectsOf'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly observer: Observer;
}

type Template = TemplatesAnswer['templates'][number];

/**
 * What a client has to send for each template of its key's projects. Channels that could send nothing now are left out.
 * Answers every failure, and never throws.
 */
export async function listTemplates(
  call: TemplatesCall,
  ports: TemplatePorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const found = await find(call, ports).catch((error: unknown) => ({
    refusal: explainReadFailure(error, 'The templates could not be read.', ports.observer),
  }));
  if ('refusal' in found) ports.observer.info('templates not read', { code: found.refusal.code });
  return answerRead(found, call.origin, allowedOrigins);
}

type Found = { readonly body: TemplatesAnswer } | { readonly refusal: Refusal };

async function find({ apiKey }: TemplatesCall, { directory, clock }: TemplatePorts): Promise<Found> {
  if (!apiKey) return { refusal: FORBIDDEN };
  const key = await database('Reading the API key', () => directory.keyGrant(sha256(apiKey)));
  if (!isUsable(key, clock.now())) return { refusal: FORBIDDEN };
  const records = await database('Reading the projects', () => directory.projectsOf(key.company_id));
  const own = records.filter(({ project_id: id }) =>
    mayUse(key, { company_id: key.company_id, project_id: String(id) }),
  );
  const body: TemplatesAnswer = { status: 'success', company_id: key.company_id, templates: own.flatMap(templatesOf) };
  return { body };
}

function templatesOf(record: Readonly<Record<string, unknown>>): readonly Template[] {
  return CHANNELS.flatMap((channel) => {
    const company = readCompanySettings(record, channel);
    if (!company.complete || findWithdrawal(company.project, channel)) return [];
    return [shown(company.project.project_id, channel, company.channelSettings)];
  });
}

function shown(projectId: string, channel: Channel, { content }: ChannelSettings): Template {
  const { name, version, language, needs = [], on_fallback = 'send', variables, answers = [] } = content.template;
  return {
    project_id: projectId,
    channel_method: channel,
    name,
    version,
    language,
    needs: [...needs],
    on_fallback,
    variables: Object.entries(variables).map(
      ([variable, { description, max_length, required, copy_of, format, facts, fallback }]) => ({
        name: variable,
        description,
        max_length,
        required,
        copy_of: copy_of ?? null,
        format: format ?? null,
        facts: facts ? [...facts] : null,
        has_fallback: fallback !== undefined,
      }),
    ),
    answers: answers.map(({ choices, ...answer }) => ({ ...answer, choices: choices ? [...choices] : null })),
  };
}
