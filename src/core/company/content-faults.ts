import { CHANNEL_DEFINITIONS } from '../channel';
import type { Fault } from '../contract/refusal';
import { answerFaults } from './answer-faults';
import type { ChannelTemplate } from './template';

/** What is wrong with the templates of a channel beside their form, under the paths of the record. */
export function contentFaults({ content, reminder, reopening, sender = '' }: {
  readonly content: ChannelTemplate;
  readonly reminder: ChannelTemplate | undefined;
  readonly reopening: ChannelTemplate | undefined;
  readonly sender: string | undefined;
}): readonly Fault[] {
  const { channel, template } = content;
  const under = (base: string, faults: readonly Fault[]) =>
    faults.map(({ path, message }) => ({ path: `channel_config.${channel}.${base}.${path}`, message }));
  return [
    ...under('template', answerFaults(template.answers, sender, CHANNEL_DEFINITIONS[channel].senderKinds)),
    ...(reminder ? under('reminder_template', secondTemplateFaults(reminder, 'a reminder')) : []),
    ...(reopening ? under('reopen_template', secondTemplateFaults(reopening, 'what reopens a chat')) : []),
  ];
}

/** A second template of a channel whose vendor approves texts must name its own: else the first one's text would go. */
function secondTemplateFaults({ channel, template }: ChannelTemplate, what: string): readonly Fault[] {
  const { approvalField } = CHANNEL_DEFINITIONS[channel];
  const lacksApproval = approvalField !== undefined && !Object.hasOwn(template, approvalField);
  return [
    ...(lacksApproval ? [{ path: approvalField, message: `is missing: ${what} is a template of its own` }] : []),
    ...(template.answers ? [{ path: 'answers', message: 'must be left out: template says what is asked' }] : []),
  ];
}
