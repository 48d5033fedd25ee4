import type { ChannelSettings, Project } from '../core/company/company';
import { allowedChannels, parseChannelSettings, parseProject } from '../core/company/company';
import type { Obstacle } from './obstacle';
import type { Work } from './processing';

export type SettingsCheck =
  | { readonly ready: true; readonly project: Project; readonly channelSettings: ChannelSettings }
  | { readonly ready: false; readonly obstacle: Obstacle };

/**
 * Reads the company record as it is now, which may be another one than the router saw. A withdrawn permission ends the message; a record that
 * lacks fields is an operator's slip after acceptance, so the message waits for the repair until it expires.
 */
export function checkSettings(work: Work): SettingsCheck {
  const { company, settings: { channel } } = work;
  if (!company) return ended({ kind: 'end', status: 'failed_unknown', reason: 'company_record_missing' });
  const project = parseProject(company);
  const channelSettings = parseChannelSettings(company, channel);
  if (project.valid) {
    // Decided before what is missing: fields of a channel that was switched off may well be gone.
    if (project.value.project_status !== 'active') return ended({ kind: 'end', status: 'failed_unknown', reason: 'project_inactive' });
    if (!allowedChannels(project.value).includes(channel)) return ended({ kind: 'end', status: 'failed_unknown', reason: 'channel_not_allowed' });
    if (channelSettings.valid) return { ready: true, project: project.value, channelSettings: channelSettings.value };
  }
  const faults = [project, channelSettings].flatMap((checked) => (checked.valid ? [] : checked.faults));
  const detail = faults.map((fault) => `${fault.path} ${fault.message}`).join('; ');
  return ended({ kind: 'wait', pace: 'after_configuration', reason: 'company_record_incomplete', detail });
}

function ended(obstacle: Obstacle): SettingsCheck {
  return { ready: false, obstacle };
}
