import type { ChannelSettings, Project } from '../core/company/company';
import type { Channel } from '../core/channel';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import type { TemplateVariable } from '../core/channels/template-base';
import type { ChannelTemplate } from '../core/company/template';
import type { PreparedTemplate } from './rules/channel-rules';
import { valueFaults } from './rules/channel-rules';
import type { Facts, FactsSource } from './facts';
import { COPY_SECTIONS, copyFact, RECIPIENT_WORDS, factsAt, gatherFacts, withinScopes } from './facts';
import type { Segment, TemplateFaultAt, TemplateParts } from './template/fill-template';
import { parseTemplate, variablesIn } from './template/fill-template';
import { CONTACT_KINDS, MASK } from './claims/claim';
import { extractClaims } from './claims/extract-claims';
import { MONEY_WORD } from './claims/currencies';
import { foldText } from './claims/folded-text';
import type { Evidence, GroundSources } from './evidence';
import { collectEvidence, collectEvidenceInTurns } from './evidence';
import { liesWithin } from './scope/facts-within';
import { readHtml } from './template/html-places';
import { hasInstructions } from './instructions-in-text';
import type { Rule, TemplateFault } from './rules/rules';
import { prepareValue } from './value-text';

/** What is known of a message before any model is asked. */
export interface MessagePlan {
  readonly template: PreparedTemplate;
  readonly variables: Readonly<Record<string, TemplateVariable>>;
  readonly facts: Facts;
  readonly copies: ReadonlyMap<string, string>;
  readonly failedCopies: ReadonlyMap<string, readonly Rule[]>;
  /** The variables that the model fills. */
  readonly toWrite: readonly string[];
}

/** A template that no value can make right; `detail` names each place and fault. */
export type Planned =
  { readonly valid: true; readonly plan: MessagePlan } | { readonly valid: false; readonly detail: string };

/** A template cut up, and what is wrong with it whatever its values. */
export function readTemplate(content: ChannelTemplate): {
  readonly template: PreparedTemplate;
  readonly faults: readonly TemplateFaultAt[];
} {
  const { parts, faults } = parseTemplate(content);
  const html = parts.html && readHtml(parts.html);
  const unsafe = html?.isUnsafe ? [{ place: 'html', fault: 'unsafe_place' as const }] : [];
  return {
    template: { content, parts, ...(html ? { html } : {}) },
    faults: [...faults, ...variableFaults(content, parts, content.template.variables), ...unsafe],
  };
}

/** Reads the template, gathers the facts and copies what is to be copied. */
export function planMessage(subject: FactsSource, project: Project, content: ChannelSettings['content']): Planned {
  const { template: read, faults } = readTemplate(content);
  if (faults.length > 0) {
    return { valid: false, detail: `template: ${faults.map(({ place, fault }) => `${place} ${fault}`).join(', ')}` };
  }
  const template: PreparedTemplate = { ...read, ...companyLimit(project) };
  const variables: Readonly<Record<string, TemplateVariable>> = content.template.variables;
  const copies = new Map<string, string>();
  const failedCopies = new Map<string, readonly Rule[]>();
  for (const [name, variable] of Object.entries(variables)) {
    if (variable.copy_of === undefined) continue;
    const { language } = content.template;
    const copied = copyFact({ path: variable.copy_of, format: variable.format, language }, subject, project);
    const value = 'value' in copied ? prepareValue(content.channel, copied.value) : '';
    const rules = 'rule' in copied ? [copied.rule] : copyFaults({ template, project }, name, variable, value);
    if (rules.length === 0) copies.set(name, value);
    else failedCopies.set(name, rules);
  }
  const facts = gatherFacts(subject, project);
  for (const [name, { facts: paths }] of Object.entries(variables)) {
    if (paths && Object.keys(factsAt(facts, paths)).length === 0) failedCopies.set(name, ['fact_missing']);
  }
  const toWrite = Object.keys(variables)
    .filter((name) => variables[name]?.copy_of === undefined && !failedCopies.has(name));
  const scoped = withinScopes(facts, toWrite.map((name) => variables[name]?.facts));
  return { valid: true, plan: { template, variables, facts: scoped, copies, failedCopies, toWrite } };
}

/** People often type their own names: beside what a card repeats, a name is the one copy of an unknown author. */
const RECIPIENT_NAME = /^recipient_data\.recipient_(?:first|last)_name$/;

/** A stranger may have written what is copied. */
function isForeign(path: string, { untrusted }: Project): boolean {
  return RECIPIENT_NAME.test(path) || liesWithin(path.split('.'), [RECIPIENT_WORDS, ...untrusted]);
}

const MONEY = new RegExp(`${MONEY_WORD}|dot|http|www`, 'i');

function leadsSomewhere(name: string, language: string): boolean {
  // Most names are short words that cannot: no sign of a link, no digit, no currency.
  if (/^\p{L}[\p{L}\p{M}'-]{0,14}$/u.test(name) && !MONEY.test(name)) return false;
  return extractClaims({ text: foldText(name), spans: [] }, language).some(
    ({ kind }) => kind === 'amount' || CONTACT_KINDS.includes(kind),
  );
}

/**
 * A copy is the client's own word and needs no evidence; text that gives instructions to a model is not a word for a
 * recipient.
 */
function copyFaults(
  { template, project }: { readonly template: PreparedTemplate; readonly project: Project },
  name: string,
  variable: TemplateVariable,
  value: string,
): readonly Rule[] {
  return [
    ...valueFaults(template, name, variable, value),
    ...(hasInstructions(value) ? (['instruction_like'] as const) : []),
    ...(isForeign(variable.copy_of ?? '', project) && leadsSomewhere(value, template.content.template.language)
      ? (['unknown_link'] as const)
      : []),
  ];
}

function companyLimit(project: Project): { readonly companyLimit?: number } {
  const limit = project.rate_limits.max_message_length ?? undefined;
  return limit === undefined ? {} : { companyLimit: limit };
}

function variableFaults<Known extends Channel>(
  content: ChannelTemplate<Known>,
  parts: TemplateParts,
  variables: Readonly<Record<string, TemplateVariable>>,
): readonly TemplateFaultAt[] {
  const used = new Set(partsOf(parts).flatMap((segments) => [...variablesIn(segments)]));
  const declared = Object.keys(variables);
  const faults = (places: readonly string[], fault: TemplateFault) => places.map((place) => ({ place, fault }));
  return [
    ...faults(
      [...used].filter((name) => !declared.includes(name)),
      'undeclared',
    ),
    ...faults(
      declared.filter((name) => !used.has(name)),
      'unused',
    ),
    ...faults(
      declared.filter((name) => !isCopyPath(variables[name]?.copy_of)),
      'bad_copy_path',
    ),
    ...faults(
      declared.filter((name) => variables[name]?.facts && variables[name]?.copy_of !== undefined),
      'bad_facts',
    ),
    ...faults(
      declared.filter((name) => variables[name]?.format && variables[name]?.copy_of === undefined),
      'bad_format',
    ),
    ...CHANNEL_DEFINITIONS[content.channel].text.templateFaults(content.template),
  ];
}

function isCopyPath(path: string | undefined): boolean {
  if (path === undefined) return true;
  const [section, ...steps] = path.split('.');
  return COPY_SECTIONS.some((known) => known === section) && steps.length > 0 && steps.every((step) => step !== '');
}

function partsOf({ body, subject, text, html }: TemplateParts): ReadonlyArray<readonly Segment[]> {
  return [body, subject, text, html].flatMap((segments) => (segments ? [segments] : []));
}

/** The texts that a recipient reads, HTML as it is shown. */
export function readableTexts({
  parts: { body, subject, text },
  html,
}: PreparedTemplate): ReadonlyArray<readonly Segment[]> {
  return [
    ...partsOf({ ...(body ? { body } : {}), ...(subject ? { subject } : {}), ...(text ? { text } : {}) }),
    ...(html?.texts ?? []),
  ];
}

/** The template's texts with every variable masked. */
export function templateTexts(template: PreparedTemplate): readonly string[] {
  return readableTexts(template).map((segments) =>
    segments.map((segment) => ('variable' in segment ? MASK : segment.literal)).join(''),
  );
}

/** What the values of a message are proved against: all of its facts, or those at these paths alone. */
export function evidenceOf(plan: MessagePlan, paths?: readonly string[]): Evidence {
  return collectEvidence(sourcesOf(plan, paths));
}

/** The same for a message beside others, which large facts would hold up. */
export async function evidenceInTurns(plan: MessagePlan, paths?: readonly string[]): Promise<Evidence> {
  return collectEvidenceInTurns(sourcesOf(plan, paths));
}

function sourcesOf({ template, facts }: MessagePlan, paths?: readonly string[]): GroundSources {
  const { recipient_data: recipient, ...tree } = paths
    ? factsAt(facts, paths)
    : { ...facts.tree, recipient_data: undefined };
  const names = paths ? Object.values(recipient ?? {}).filter((name) => typeof name === 'string') : facts.names;
  return {
    language: template.content.template.language,
    facts: tree,
    names,
    templateTexts: templateTexts(template),
    untrusted: facts.untrusted,
    excluded: facts.excluded,
  };
}
