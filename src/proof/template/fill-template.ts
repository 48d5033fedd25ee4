import type { ChannelTemplate, FilledMessage } from '../../core/company/template';
import { MASK } from '../claims/claim';
import type { TemplateFault } from '../rules/rules';
import { countSegments } from '../rules/sms-segments';
import { escapeHtml } from './html-escape';

/** A stretch of a template: the company's words or the place of a variable. */
export type Segment = { readonly literal: string } | { readonly variable: string };

/** The texts of a template, cut up; a channel has those that it uses. */
export interface TemplateParts {
  readonly body?: readonly Segment[];
  readonly subject?: readonly Segment[];
  readonly text?: readonly Segment[];
  readonly html?: readonly Segment[];
}

const PLACEHOLDER = /\{\{ *([A-Za-z0-9][A-Za-z0-9_]{0,63}) *\}\}/g;

/** Something wrong with a template itself; `place` is one of its texts or variables. */
export interface TemplateFaultAt {
  readonly place: string;
  readonly fault: TemplateFault;
}

/** Cuts a template up. */
export function parseTemplate(content: ChannelTemplate): { readonly parts: TemplateParts; readonly faults: readonly TemplateFaultAt[] } {
  const texts = templateTexts(content);
  const faults = Object.entries(texts)
    .filter(([, text]) => text.replace(PLACEHOLDER, '').includes('{{') || text.includes('{{{') || text.includes(MASK))
    .map(([place]) => ({ place, fault: 'broken_placeholder' as const }));
  return { parts: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, cut(text)])), faults };
}

function templateTexts(content: ChannelTemplate): Readonly<Record<string, string>> {
  if (content.channel !== 'email') return { body: content.template.body };
  const { subject, text, html } = content.template;
  return { subject, text, ...(html === undefined ? {} : { html }) };
}

function cut(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    segments.push({ literal: text.slice(from, match.index) }, { variable: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  return [...segments, { literal: text.slice(from) }].filter((segment) => !('literal' in segment) || segment.literal !== '');
}

/** The variables that stand in these segments, once each. */
export function variablesIn(segments: readonly Segment[] = []): ReadonlySet<string> {
  return new Set(segments.flatMap((segment) => ('variable' in segment ? [segment.variable] : [])));
}

/** Joins segments with values, once: what a value holds is never read as template again. A variable without a value keeps its braces. */
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
export function fillMessage(content: ChannelTemplate, parts: TemplateParts, values: ReadonlyMap<string, string>): FilledMessage {
  switch (content.channel) {
    case 'whatsapp': {
      const { content_sid, variables } = content.template;
      return {
        channel: 'whatsapp',
        text: fillSegments(parts.body, values),
        ...(content_sid === undefined ? {} : { content_sid }),
        variables: Object.fromEntries([...values].filter(([name]) => Object.hasOwn(variables, name))),
      };
    }
    case 'sms': {
      const text = fillSegments(parts.body, values);
      return { channel: 'sms', text, segments: countSegments(text) };
    }
    case 'email':
      return {
        channel: 'email',
        subject: fillSegments(parts.subject, values),
        text: fillSegments(parts.text, values),
        ...(parts.html ? { html: fillSegments(parts.html, values, escapeHtml) } : {}),
      };
  }
}
