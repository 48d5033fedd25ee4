import type { ChannelSettings } from '../../core/company/company';
import { modelSecretId, parseChannelSettings, parseProject } from '../../core/company/company';
import type { ConversationRequest } from '../../core/contract/request';
import { CallMeter } from '../../core/usage/call-meter';
import type { ReplyCost } from '../../dry-run/reply-cost';
import { costOfReply } from '../../dry-run/reply-cost';
import type { ReplyNotTried, TriedReply } from '../../dry-run/tried-reply';
import { tryReply } from '../../dry-run/try-reply';
import type { OperationPorts } from '../ports';
import type { NotTried } from './dry-run';
import { MODEL_TIME } from './dry-run';
import { modelAccess } from './model-access';

type Ports = Pick<OperationPorts, 'clock' | 'directory' | 'model' | 'secrets'>;

/** Calls of the model for one reply: it may be asked once more for values. */
const CALLS = 2;

export type ReplyDryRun = TriedReply & {
  /** By the prices of the project's budget; absent where it has none. */
  readonly cost?: ReplyCost | undefined;
};

/**
 * Says what the engine would do with a reply to a request's message. `wrote`: the texts of one burst. Sends and writes
 * nothing; the model is asked and paid for where the engine would ask it.
 */
export async function dryRunReply(
  request: ConversationRequest,
  wrote: readonly string[],
  ports: Ports,
  modelTime = MODEL_TIME,
): Promise<ReplyDryRun | NotTried> {
  const { company_id: companyId, project_id: projectId } = request.company_data;
  const record = await ports.directory.findCompany({ companyId, projectId });
  if (!record) return { outcome: 'company_not_found' };
  const project = parseProject(record);
  const settings = parseChannelSettings(record, request.request_data.channel_method);
  if (!project.valid || !settings.valid) {
    const faults = [project, settings].flatMap((checked) => (checked.valid ? [] : checked.faults));
    return { outcome: 'record_incomplete', faults };
  }
  const secret = modelSecretId(settings.value.model);
  const access = await modelAccess(secret, ports);
  if (!access) return { outcome: 'model_key_unusable', secret: secret ?? '' };
  const tried = await tryReply({
    request, record, project: project.value, settings: settings.value, wrote, access, now: ports.clock.now(),
    calls: new CallMeter(CALLS), timeBudgetMilliseconds: modelTime,
  }, { model: ports.model, clock: ports.clock });
  if (!isTried(tried)) return notTried(tried, settings.value, secret);
  return { ...tried, cost: costOfReply(project.value, settings.value.content.channel, tried) };
}

function isTried(tried: TriedReply | ReplyNotTried): tried is TriedReply {
  return 'answers' in tried;
}

function notTried(tried: ReplyNotTried, { model }: ChannelSettings, secret: string | undefined): NotTried {
  return tried.outcome === 'model_misconfigured' ? { ...tried, secret, model: model.model } : tried;
}
