import type { SmsTemplate } from '../../core/company/template';
import type { Rule } from './rules';
import { countSegments } from './sms-segments';

const DEFAULT_SEGMENTS = 3;
/** Twilio refuses a longer body (21617). */
const LONGEST_BODY = 1_600;

/** Rules of the filled text; its segments are what it costs. */
export function smsTextFaults(template: SmsTemplate, text: string): readonly Rule[] {
  return [
    ...(countSegments(text) > (template.max_segments ?? DEFAULT_SEGMENTS) ? (['too_many_segments'] as const) : []),
    ...(text.length > LONGEST_BODY ? (['text_too_long'] as const) : []),
  ];
}
