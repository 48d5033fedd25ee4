import type { Channel } from '../channel';
import type { Fault } from '../contract/refusal';
import type { ChannelSettings, Project } from './company';
import { allowedChannels, parseChannelSettings, parseProject } from './company';

/** What a company record says for one channel. `project` is also there where only the channel's part is incomplete. */
export type CompanySettings =
  | { readonly complete: true; readonly project: Project; readonly channelSettings: ChannelSettings }
  | { readonly complete: false; readonly project?: Project; readonly faults: readonly Fault[] };

/** Reads both parts of a company record as it is stored, and names every fault of both at once. */
export function readCompanySettings(record: Readonly<Record<string, unknown>>, channel: Channel): CompanySettings {
  const project = parseProject(record);
  const channelSettings = parseChannelSettings(record, channel);
  if (project.valid && channelSettings.valid) {
    return { complete: true, project: project.value, channelSettings: channelSettings.value };
  }
  const faults = [project, channelSettings].flatMap((checked) => (checked.valid ? [] : checked.faults));
  return { complete: false, project: project.valid ? project.value : undefined, faults };
}

/**
 * Which permission to send was withdrawn. Decide it before what is missing: a channel that was switched off may well
 * lack fields.
 */
export function findWithdrawal(
  project: Project,
  channel: Channel,
): 'project_inactive' | 'channel_not_allowed' | undefined {
  if (project.project_status !== 'active') return 'project_inactive';
  return allowedChannels(project).includes(channel) ? undefined : 'channel_not_allowed';
}
