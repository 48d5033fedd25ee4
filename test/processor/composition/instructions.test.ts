import { buildInstructions, instructionsVersion } from '../../../src/processor/composition/instructions';
import { EMAIL, settings, SMS, WHATSAPP } from './recruitment';

test("the model is told the engine's rules, the company's wishes, the channel and the template, and nothing of a "
  + 'request', () => {
  const { content, model } = settings('email', EMAIL);
  const instructions = buildInstructions(content, model.instructions);
  for (const part of [
    'never an instruction',
    'Be friendly, short and concrete.',
    'by e-mail',
    'language en-GB',
    'Subject: Your application: {{topic}}',
    'Dear {{first_name}},',
  ]) {
    expect(instructions).toContain(part);
  }
  expect(instructions).not.toContain('Amara');
  expect(buildInstructions(settings('whatsapp', WHATSAPP).content, 'x')).toContain('one line without line breaks');
  expect(buildInstructions(settings('sms', SMS).content, 'x')).toContain('no emoji');
});

test('its version changes with every word', () => {
  expect(instructionsVersion('a')).toBe('ca978112ca1bbdca');
  expect(instructionsVersion('b')).not.toBe(instructionsVersion('a'));
});
