import type { WhatsappTemplate } from '../../core/company/template';
import type { TemplateFaultAt } from '../template/fill-template';
import type { Rule } from './rules';

/** Twilio's limits of a content template: characters of a filled text and of one value, variables, characters of a variable's name. */
const LIMITS = { text: 1_024, value: 1_600, variables: 100, name: 16 } as const;

/** Meta refuses line breaks, tabs and long runs of spaces in a variable (63013); Twilio refuses an empty one (21656). */
export function whatsappValueFaults(value: string): readonly Rule[] {
  return [
    ...(value === '' ? (['empty'] as const) : []),
    ...(value.length > LIMITS.value ? (['too_long'] as const) : []),
    ...(/[\n\t\v\f\r\u0085\u2028\u2029]/u.test(value) ? (['line_break'] as const) : []),
    ...(/\s{5,}/u.test(value) ? (['space_run'] as const) : []),
  ];
}

/** A longer filled text is refused (63021). */
export function whatsappTextFaults(text: string): readonly Rule[] {
  return text.length > LIMITS.text ? ['text_too_long'] : [];
}

export function whatsappTemplateFaults(template: WhatsappTemplate): readonly TemplateFaultAt[] {
  const names = Object.keys(template.variables);
  return [
    ...(names.length > LIMITS.variables ? [{ place: 'template', fault: 'too_many_variables' as const }] : []),
    ...names.filter((name) => name.length > LIMITS.name).map((name) => ({ place: name, fault: 'bad_name' as const })),
  ];
}
