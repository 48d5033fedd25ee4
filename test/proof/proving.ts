import { proveValues } from '../../src/proof/prove-values';
import { project, settings, SUBJECT } from '../processor/composition/recruitment';

/**
 * The rules that one value of a WhatsApp message (`About you: {{1}} Thank you.`) breaks with these facts; empty if it
 * is proved.
 */
export function brokenRules(
  value: string,
  facts: Readonly<Record<string, unknown>>,
  more: { readonly language?: string; readonly body?: string } = {},
) {
  const template = {
    name: 'probe',
    version: 1,
    language: more.language ?? 'en-GB',
    body: more.body ?? 'About you: {{1}} Thank you.',
    variables: { 1: { description: 'Anything', max_length: 1_600 } },
  };
  const proof = proveValues({
    subject: { ...SUBJECT, project_data: facts },
    project: project(),
    content: settings('whatsapp', template).content,
    values: { 1: value },
  });
  return proof.outcome === 'proved' ? [] : proof.faults.flatMap(({ rules }) => rules);
}
