import type { TemplateVariable } from '../../core/channels/template-base';
import type { ChannelTemplate } from '../../core/company/template';
import { NOTHING_KNOWN } from '../../proof/names/nothing-known';
import { isInAnotherLanguage } from '../../proof/wording/other-language';
import type { TemplateFinding } from './content-findings';
import { fault, fillFindings, structureFaults, warning } from './content-findings';

type Variables = Readonly<Record<string, TemplateVariable>>;

/** Checks a template by the very rules that messages are proved by. */
export function templateFindings(content: ChannelTemplate, companyLimit?: number | null): readonly TemplateFinding[] {
  const variables: Variables = content.template.variables;
  const found = [
    ...structureFaults(content),
    ...(content.channel === 'whatsapp' ? numberFaults(variables) : []),
    ...knowledgeFaults(variables),
  ];
  return found.length > 0 ? found : [...fillFindings(content, companyLimit), ...adviceOn(content)];
}

/** What the company knows is for its answers: a message says what its request says. */
function knowledgeFaults(variables: Variables): readonly TemplateFinding[] {
  return Object.entries(variables)
    .filter(([, { copy_of: path = '' }]) => path.startsWith('knowledge.'))
    .map(([name]) => fault(`variables.${name}.copy_of`, 'names knowledge, which is for answer cards: send it in project_data'));
}

/** WhatsApp's variables are {{1}}, {{2}} … without a gap. */
function numberFaults(variables: Variables): readonly TemplateFinding[] {
  const names = Object.keys(variables);
  return names
    .filter((name) => !(/^[1-9]\d*$/.test(name) && Number(name) <= names.length))
    .map((name) =>
      fault(
        `variables.${name}`,
        `does not fit: the variables of a WhatsApp template are numbered 1 to ${names.length} without a gap`,
      ),
    );
}

function adviceOn(content: ChannelTemplate): readonly TemplateFinding[] {
  const variables = Object.entries<TemplateVariable>(content.template.variables);
  const unsaved = variables
    .filter(([, { fallback, copy_of: copied, required }]) => fallback === undefined && copied === undefined && required)
    .map(([name]) =>
      warning(
        `variables.${name}`,
        "has no fallback: where the model's words cannot be proved, the message waits for a person",
      ),
    );
  const isBare = content.channel === 'whatsapp' && /^\s*\{\{|\}\}\s*$/.test(content.template.body);
  const { second_reader: reads = 'never', on_reader_outage: outage } = content.template;
  return [
    ...(outage && reads === 'never' ? [warning('on_reader_outage', 'says nothing while second_reader is never')] : []),
    ...unsaved,
    ...unneeded(content.template.needs ?? [], variables),
    ...foreignQuestions(content.template),
    ...(isBare ? [warning('body', 'begins or ends with a variable, which Meta does not approve')] : []),
  ];
}

/** The model and the person who takes over read a question beside words of the template's language. */
function foreignQuestions({ answers = [], language }: ChannelTemplate['template']): readonly TemplateFinding[] {
  return answers.flatMap(({ question }, index) => (
    isInAnotherLanguage(question, language, () => NOTHING_KNOWN)
      ? [warning(`answers.${index}.question`, `seems to be in another language than the template's, ${language}`)]
      : []
  ));
}

/** A request without the facts of a variable is accepted unless `needs` names them, and then has no words for it. */
function unneeded(
  needs: readonly string[],
  variables: ReadonlyArray<readonly [string, TemplateVariable]>,
): readonly TemplateFinding[] {
  return variables.flatMap(([name, { copy_of: path, format, facts = [], fallback, required }]) => {
    const used = [...(path !== undefined && format ? [path] : []), ...facts];
    const isAsked = used.some((each) =>
      needs.some((need) => `${need}.`.startsWith(`${each}.`) || `${each}.`.startsWith(`${need}.`)),
    );
    if (!required || fallback !== undefined || used.length === 0 || isAsked || !used.every(isOfRequest)) return [];
    const place = `variables.${name}.${path === undefined ? 'facts' : 'copy_of'}`;
    const message = `${used.join(' and ')} is not among needs: a request without it is accepted and waits for a person`;
    return [warning(place, message)];
  });
}

function isOfRequest(path: string): boolean {
  return path.startsWith('project_data.');
}

/** The content of a template without the number of its version. */
export function contentOf(template: unknown): unknown {
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).filter(([field]) => field !== ('version' satisfies keyof ChannelTemplate['template'])),
  );
}
