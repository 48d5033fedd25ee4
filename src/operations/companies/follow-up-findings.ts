import { isFields } from './known-fields';
import type { RecordFinding } from './record-faults';
import { channelsOf } from './record-faults';

type Fields = Readonly<Record<string, unknown>>;

/** What a record says of reminders without effect, and answers that nobody is reminded of. */
export function followUpFindings(record: Fields): readonly RecordFinding[] {
  const reminds = record.remind_after_minutes !== undefined;
  const channels = channelsOf(record).map((channel) => {
    const settings = isFields(record.channel_config) ? record.channel_config[channel] : undefined;
    const { template, reminder_template: reminder } = isFields(settings) ? settings : {};
    const expects = isFields(template) && Array.isArray(template.answers) && template.answers.length > 0;
    return { place: `channel_config.${channel}.reminder_template`, reminder, expects };
  });
  const isUseless = reminds && !channels.some(({ expects }) => expects);
  return [
    ...(isUseless ? [warning('remind_after_minutes', 'reminds of nothing: no template has answers')] : []),
    ...(record.unanswered_after_minutes !== undefined && !reminds
      ? [warning('unanswered_after_minutes', 'says nothing without remind_after_minutes')]
      : []),
    ...channels.flatMap(({ place, reminder, expects }) => {
      if (reminder === undefined) {
        const message = 'is missing: silence is not reminded of, and counts as unanswered after remind_after_minutes';
        return reminds && expects ? [warning(place, message)] : [];
      }
      if (!reminds) return [warning(place, 'is never sent: set remind_after_minutes')];
      return expects ? [] : [warning(place, 'is never sent: template has no answers')];
    }),
  ];
}

function warning(path: string, message: string): RecordFinding {
  return { severity: 'warning', path, message };
}
