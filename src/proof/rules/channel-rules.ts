import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import type { TemplateVariable } from '../../core/channels/template-base';
import type { ChannelTemplate, FilledMessage } from '../../core/company/template';
import type { TemplateParts } from '../template/fill-template';
import { variablesIn } from '../template/fill-template';
import type { HtmlPlaces } from '../template/html-places';
import { characterFaults } from './character-rules';
import type { Rule } from './rules';

/** A template ready to be filled. */
export interface PreparedTemplate<Known extends Channel = Channel> {
  readonly content: ChannelTemplate<Known>;
  readonly parts: TemplateParts;
  readonly html?: HtmlPlaces;
  /** The company's own limit of a message (`rate_limits.max_message_length`). */
  readonly companyLimit?: number;
}

/** The rules that hold for every value of a variable, wherever it comes from. */
export function valueFaults(
  template: PreparedTemplate,
  name: string,
  variable: TemplateVariable,
  value: string,
): readonly Rule[] {
  const faults = new Set<Rule>(characterFaults(value));
  if (value === '' && variable.required) faults.add('empty');
  // As a person counts: an emoji of one code point is one character.
  if ([...value].length > variable.max_length) faults.add('too_long');
  channelFaults(template, name, value).forEach((rule) => faults.add(rule));
  return [...faults];
}

function channelFaults({ content, parts, html }: PreparedTemplate, name: string, value: string): readonly Rule[] {
  return [
    ...CHANNEL_DEFINITIONS[content.channel].text.valueFaults(value),
    ...(variablesIn(parts.subject).has(name) && /[\r\n\t\v\f\u0085\u2028\u2029]/u.test(value)
      ? (['line_break'] as const)
      : []),
    ...(html && leadsElsewhere(html, name, value) ? (['unsafe_link'] as const) : []),
  ];
}

/** One plain address or number: mail programs decode `%40`, and take what follows a `?` or a comma for recipients. */
const PLAIN_ADDRESS = /^(?:[^\s@%?&#,;:<>"()]+@[^\s@%?&#,;:<>"()]+|\+?\d[\d().\s-]*)$/u;
const LINK = /^(?:https:\/\/|(?:mailto:|tel:)(.*)$)/isu;

function leadsElsewhere(html: HtmlPlaces, name: string, value: string): boolean {
  if (html.linkAddresses.has(name) && !PLAIN_ADDRESS.test(value)) return true;
  if (html.mailFields.has(name) && /[%&#?]/u.test(value)) return true;
  if (!html.linkTargets.has(name)) return false;
  const link = LINK.exec(value);
  return !link || (link[1] !== undefined && !PLAIN_ADDRESS.test(link[1]));
}

/** The rules of the whole message. */
export function messageFaults<Known extends Channel>(
  { content, companyLimit }: PreparedTemplate<Known>, filled: FilledMessage<Known>,
): readonly Rule[] {
  const { text: rules } = CHANNEL_DEFINITIONS[content.channel];
  const holdsSyntax = Object.values(filled).some((text) => typeof text === 'string' && text.includes('{{'));
  return [
    ...(holdsSyntax ? (['template_syntax'] as const) : []),
    ...(companyLimit !== undefined && filled.text.length > companyLimit ? (['over_company_limit'] as const) : []),
    ...rules.messageFaults(content.template, filled),
  ];
}
