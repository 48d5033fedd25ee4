import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import type { TemplateVariable } from '../../core/channels/template-base';
import type { ChannelTemplate } from '../../core/company/template';
import { readTemplate } from '../../proof/message-plan';
import { messageFaults, valueFaults } from '../../proof/rules/channel-rules';
import type { Rule, TemplateFault } from '../../proof/rules/rules';
import { fillMessage } from '../../proof/template/fill-template';
import { prepareValue } from '../../proof/value-text';

/** What is wrong with a template, or may go wrong with it; `path` is below the template. */
export interface TemplateFinding {
  readonly severity: 'fault' | 'warning';
  readonly path: string;
  readonly message: string;
}

type Variables = Readonly<Record<string, TemplateVariable>>;

/** How a rule of values and messages reads where a template breaks it. */
const RULE_WORDS: Partial<Record<Rule, string>> = {
  too_long: 'is longer than max_length',
  empty: 'is empty',
  line_break: 'holds a line break or a tab, which the channel refuses here',
  space_run: 'holds five or more spaces in a row, which WhatsApp refuses',
  text_too_long: 'is too long for the channel',
  over_company_limit: 'is longer than rate_limits.max_message_length',
  too_many_segments: 'costs more SMS segments than max_segments allows',
  subject_empty: 'has an empty subject',
  subject_too_long: 'has too long a subject',
};

/** What is wrong with a text and its variables, whatever their values. */
export function structureFaults(content: ChannelTemplate): readonly TemplateFinding[] {
  return readTemplate(content).faults.map((at) => templateFault(content, at));
}

/** What is wrong once values stand in it, by the very rules that messages are proved by. */
export function fillFindings(content: ChannelTemplate, companyLimit?: number | null): readonly TemplateFinding[] {
  const { template } = readTemplate(content);
  const variables: Variables = content.template.variables;
  const limited = companyLimit ? { ...template, companyLimit } : template;
  const fallbacks = Object.entries(variables).flatMap(([name, variable]) => {
    if (variable.fallback === undefined) return [];
    return valueFaults(limited, name, variable, prepareValue(content.channel, variable.fallback)).map((rule) =>
      fault(`variables.${name}.fallback`, words(rule)),
    );
  });
  const filled = (valueOf: (variable: TemplateVariable) => string) => {
    const values = new Map(Object.entries(variables).map(([name, variable]) => [name, valueOf(variable)]));
    return messageFaults(limited, fillMessage(content, limited.parts, values));
  };
  const always = filled(() => 'x');
  const longest = filled(({ max_length: length }) => 'x'.repeat(Math.min(length, 10_000))).filter(
    (rule) => !always.includes(rule),
  );
  return [
    ...fallbacks,
    ...always.map((rule) => fault('', `${words(rule)} even with the shortest values`)),
    ...longest.map((rule) =>
      warning(
        '',
        `${words(rule)} if every value is as long as its max_length; such a value falls back or goes before a person`,
      ),
    ),
  ];
}

function templateFault(
  content: ChannelTemplate,
  at: { readonly place: string; readonly fault: TemplateFault },
): TemplateFinding {
  const { place } = at;
  const ofVariable = Object.hasOwn(content.template.variables, place) ? `variables.${place}` : '';
  switch (at.fault) {
    case 'undeclared':
      return fault(textWith(content, place), `uses {{${place}}}, which variables does not declare`);
    case 'unused':
      return fault(ofVariable, 'is declared, but no text uses it');
    case 'bad_name':
      return fault(ofVariable, 'has a name of more than 16 characters, which Twilio refuses');
    case 'bad_copy_path':
      return fault(
        `${ofVariable}.copy_of`,
        'must be a path such as recipient_data.recipient_first_name, company_data.…, company_rep.… or project_data.…',
      );
    case 'bad_facts':
      return fault(`${ofVariable}.facts`, 'limits what the model may use, and this variable is copied: leave it out');
    case 'bad_format':
      return fault(`${ofVariable}.format`, 'is for copied facts: add copy_of, or leave format out');
    case 'broken_placeholder':
      return fault(
        place,
        'holds braces that are not a placeholder; write {{name}} with letters, digits and underscores',
      );
    case 'unsafe_place':
      return fault(
        place,
        'has a placeholder where a value could become code (a tag, a script, a style or an attribute); put it into '
          + 'text or a quoted link',
      );
    case 'too_many_variables':
      return fault('variables', 'are more than 100, the most that Twilio takes');
  }
}

/** The text that a placeholder stands in. */
function textWith<Known extends Channel>({ channel, template }: ChannelTemplate<Known>, name: string): string {
  const texts = Object.entries(CHANNEL_DEFINITIONS[channel].text.texts(template));
  const placeholder = new RegExp(`\\{\\{ *${name} *\\}\\}`);
  return (texts.find(([, text]) => placeholder.test(text)) ?? texts.at(-1))?.[0] ?? '';
}

function words(rule: Rule): string {
  return RULE_WORDS[rule] ?? `breaks the rule ${rule}`;
}

export function fault(path: string, message: string): TemplateFinding {
  return { severity: 'fault', path, message };
}

export function warning(path: string, message: string): TemplateFinding {
  return { severity: 'warning', path, message };
}
