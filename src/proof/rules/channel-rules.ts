import type { ChannelTemplate, FilledMessage, TemplateVariable } from '../../core/company/template';
import type { TemplateParts } from '../template/fill-template';
import { variablesIn } from '../template/fill-template';
import type { HtmlPlaces } from '../template/html-places';
import { subjectFaults, subjectValueFaults } from './email-rules';
import { characterFaults } from './character-rules';
import type { Rule } from './rules';
import { smsTextFaults } from './sms-rules';
import { whatsappTextFaults, whatsappValueFaults } from './whatsapp-rules';

/** A template ready to be filled. */
export interface PreparedTemplate {
  readonly content: ChannelTemplate;
  readonly parts: TemplateParts;
  readonly html?: HtmlPlaces;
  /** The company's own limit of a message (`rate_limits.max_message_length`). */
  readonly companyLimit?: number;
}

/** The rules that hold for every value of a variable, wherever it comes from. */
export function valueFaults(template: PreparedTemplate, name: string, variable: TemplateVariable, value: string): readonly Rule[] {
  const faults = new Set<Rule>(characterFaults(value));
  if (value === '' && variable.required) faults.add('empty');
  // As a person counts: an emoji of one code point is one character.
  if ([...value].length > variable.max_length) faults.add('too_long');
  channelFaults(template, name, value).forEach((rule) => faults.add(rule));
  return [...faults];
}

function channelFaults({ content, parts, html }: PreparedTemplate, name: string, value: string): readonly Rule[] {
  switch (content.channel) {
    case 'whatsapp':
      return whatsappValueFaults(value);
    case 'sms':
      return [];
    case 'email':
      return [
        ...(variablesIn(parts.subject).has(name) ? subjectValueFaults(value) : []),
        ...(html?.linkTargets.has(name) && !/^(?:https:\/\/|mailto:|tel:)/i.test(value) ? (['unsafe_link'] as const) : []),
      ];
  }
}

/** The rules of the whole message. */
export function messageFaults({ content, companyLimit }: PreparedTemplate, filled: FilledMessage): readonly Rule[] {
  const texts = filled.channel === 'email' ? [filled.subject, filled.text, filled.html ?? ''] : [filled.text];
  return [
    ...(texts.some((text) => text.includes('{{')) ? (['template_syntax'] as const) : []),
    ...(companyLimit !== undefined && filled.text.length > companyLimit ? (['over_company_limit'] as const) : []),
    ...(filled.channel === 'whatsapp' ? whatsappTextFaults(filled.text) : []),
    ...(filled.channel === 'email' ? subjectFaults(filled.subject) : []),
    ...(content.channel === 'sms' ? smsTextFaults(content.template, filled.text) : []),
  ];
}
