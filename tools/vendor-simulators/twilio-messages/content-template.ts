import { isJsonRecord, parseJson } from '../json-record';
import type { TwilioRefusal } from './errors';
import { REFUSALS } from './errors';

/** A template as it was registered with Twilio's Content API. */
export interface ContentTemplate {
  /** `HX` and 32 hexadecimal digits. */
  readonly contentSid: string;
  /** With `{{1}}`, `{{2}}` … */
  readonly body: string;
  /** What Twilio puts in for a variable that a send leaves out, without any error. */
  readonly sampleValues: Readonly<Record<string, string>>;
  /** What Meta has decided. Default: approved. */
  readonly approval?: 'approved' | 'pending' | 'rejected' | 'unsubmitted' | 'paused';
}

export type RenderedTemplate =
  | {
    readonly ok: true;
    readonly text: string;
    readonly variables: Readonly<Record<string, string>>;
    readonly violations: readonly string[];
  }
  | { readonly ok: false; readonly refusal: TwilioRefusal };

/** Names of the placeholders of a body, once each. */
export function placeholdersOf(body: string): readonly string[] {
  return [...new Set([...body.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}

/** Fills a template as Twilio does: strict about what is given, silent about what is left out. */
export function renderTemplate(template: ContentTemplate, contentVariables: string | undefined): RenderedTemplate {
  const given = contentVariables === undefined ? {} : parseJson(contentVariables);
  if (!isJsonRecord(given)) return { ok: false, refusal: REFUSALS.contentVariablesInvalid };
  const variables: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== 'string' || value === '' || !/^\S{1,16}$/.test(key)) {
      return { ok: false, refusal: REFUSALS.contentVariablesInvalid };
    }
    if (value.length > 1600) return { ok: false, refusal: REFUSALS.variableTooLong };
    variables[key] = value;
  }
  if (Object.keys(variables).length > 100) return { ok: false, refusal: REFUSALS.contentVariablesInvalid };
  const names = placeholdersOf(template.body);
  return {
    ok: true,
    text: template.body.replace(
      /\{\{\s*([^{}\s]+)\s*\}\}/g,
      (_placeholder, name: string) => variables[name] ?? template.sampleValues[name] ?? '',
    ),
    variables,
    violations: [
      ...names
        .filter((name) => !(name in variables))
        .map((name) => `variable ${name} was left out: the recipient reads the template's sample value`),
      ...Object.keys(variables)
        .filter((name) => !names.includes(name))
        .map((name) => `variable ${name} is not in the template and was ignored`),
    ],
  };
}

/** What Meta refuses in a rendered template; Twilio reports it later, in the message's status. */
export function whatsappContentFault(text: string, variables: Readonly<Record<string, string>>): number | undefined {
  if (Object.values(variables).some((value) => /\s{5,}|[\n\t]/.test(value))) return 63013;
  return text.length > 1024 ? 63021 : undefined;
}
