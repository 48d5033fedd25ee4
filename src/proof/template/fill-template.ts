import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import type { Texts } from '../../core/channels/channel-definition';
import type { ChannelTemplate, FilledMessage } from '../../core/company/template';
import { MASK } from '../claims/claim';
import type { TemplateFault } from '../rules/rules';
import { escapeHtml } from './html-escape';

/** A stretch of a template: the company's words or the place of a variable. */
export type Segment = { readonly literal: string } | { readonly variable: string };

/** The texts of a template, cut up; a channel has those that it uses. */
export type TemplateParts = Readonly<Partial<Record<keyof Texts, readonly Segment[]>>>;

const PLACEHOLDER = /\{\{ *([A-Za-z0-9][A-Za-z0-9_]{0,63}) *\}\}/g;

/** Something wrong with a template itself; `place` is one of its texts or variables. */
export interface TemplateFaultAt {
  readonly place: string;
  readonly fault: TemplateFault;
}

/** Cuts a template up. */
export function parseTemplate(content: ChannelTemplate): {
  readonly parts: TemplateParts;
  readonly faults: readonly TemplateFaultAt[];
} {
  const texts = templateTexts(content);
  const faults = Object.entries(texts)
    .filter(([, text]) => text.replace(PLACEHOLDER, '').includes('{{') || text.includes('{{{') || text.includes(MASK))
    .map(([place]) => ({ place, fault: 'broken_placeholder' as const }));
  return { parts: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, cut(text)])), faults };
}

function templateTexts<Known extends Channel>(content: ChannelTemplate<Known>): Texts {
  return CHANNEL_DEFINITIONS[content.channel].text.texts(content.template);
}

function cut(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    segments.push({ literal: text.slice(from, match.index) }, { variable: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  return [...segments, { literal: text.slice(from) }].filter(
    (segment) => !('literal' in segment) || segment.literal !== '',
  );
}

/** The variables that stand in these segments, once each. */
export function variablesIn(segments: readonly Segment[] = []): ReadonlySet<string> {
  return new Set(segments.flatMap((segment) => ('variable' in segment ? [segment.variable] : [])));
}

/**
 * Joins segments with values, once: what a value holds is never read as template again. A variable without a value
 * keeps its braces.
 */
export function fillSegments(
  segments: readonly Segment[] = [],
  values: ReadonlyMap<string, string>,
  change: (value: string) => string = (value) => value,
): string {
  return segments
    .map((segment) => {
      if ('literal' in segment) return segment.literal;
      const value = values.get(segment.variable);
      return value === undefined ? `{{${segment.variable}}}` : change(value);
    })
    .join('');
}

/** The message as it goes to a provider; values are escaped in HTML only. */
export function fillMessage<Known extends Channel>(
  content: ChannelTemplate<Known>, parts: TemplateParts, values: ReadonlyMap<string, string>,
): FilledMessage<Known> {
  const texts = Object.fromEntries(Object.entries(parts).map(([name, segments]) => [
    name, fillSegments(segments, values, name === 'html' ? escapeHtml : undefined),
  ]));
  const filled = CHANNEL_DEFINITIONS[content.channel].text.fill(content.template, texts, values);
  return { ...vendorFields(content.channel, content.template), channel: content.channel, ...filled };
}

/** Characters of a vendor's field, which is an identifier; a longer text of a template is a note of the company's. */
const LONGEST_VENDOR_FIELD = 100;

/**
 * What only the vendor reads goes with the words, as it stood when they were filled: it may name the version of a
 * template.
 */
function vendorFields(channel: Channel, template: object): Readonly<Record<string, string>> {
  const { templateFields: known } = CHANNEL_DEFINITIONS[channel];
  return Object.fromEntries(Object.entries(template).filter(([name, value]) => (
    !known.includes(name) && typeof value === 'string' && value.length <= LONGEST_VENDOR_FIELD
  )));
}
