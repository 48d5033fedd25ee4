import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import { describeSenders } from '../../core/channels/sender-form';
import { DEFAULT_MODEL } from '../../core/company/company';

const SENDERS: Readonly<Partial<Record<Channel, string>>> = {
  whatsapp: 'company_whatsapp_number: "+447700900100"   # E.164, in quotes, or a Messaging Service (MG…) of the account',
  sms: 'company_sms_number: "+447700900101"        # E.164, in quotes, or a Messaging Service (MG…) of the account',
  email: 'company_email: careers@example.com          # a verified sender at SendGrid',
};

const FIRST_NAME = (name: string) => `        ${name}:
          description: First name of the recipient
          max_length: 40
          copy_of: recipient_data.recipient_first_name   # copied from the request; the model is not asked`;

const POINT = (name: string) => `        ${name}:
          description: What the recipient should clarify, in one plain sentence addressed to them
          max_length: 200
          fallback: please call us about your application.   # the words to use where the model's cannot be proved`;

const RULES = `      needs: [recipient_data.recipient_first_name]   # a request without these facts is refused
      on_fallback: review                            # send: a fallback goes by itself; review: a person sees it; fail`;

const TEMPLATES: Readonly<Partial<Record<Channel, string>>> = {
  whatsapp: `      name: clarification
      language: en-GB
${RULES}
      # The text exactly as Meta approved it, with {{1}}, {{2}} … in order.
      body: "Hello {{1}}, we have one question about your application: {{2}} Please reply here."
      # content_sid: HX…                             # Twilio's content SID; without it the secret's twilio_template_sid counts
      variables:
${FIRST_NAME('"1"')}
${POINT('"2"')}`,
  sms: `      name: clarification_sms
      language: en-GB
${RULES}
      body: "Hello {{first_name}}, one question about your application: {{point}} Reply STOP to opt out."
      max_segments: 3                                # of 153 characters; an emoji makes them 67
      variables:
${FIRST_NAME('first_name')}
${POINT('point')}`,
  email: `      name: clarification_email
      language: en-GB
${RULES}
      subject: One question about your application
      text: |
        Dear {{first_name}},

        we have one question about your application: {{point}}

        Kind regards
      # html: optional; values are escaped in it
      variables:
${FIRST_NAME('first_name')}
${POINT('point')}`,
};

/** For a channel without words of its own here. */
const ANY_TEMPLATE = `      name: clarification
      language: en-GB
${RULES}
      body: "Hello {{first_name}}, one question about your application: {{point}}"
      variables:
${FIRST_NAME('first_name')}
${POINT('point')}`;

function anySender(channel: Channel): string {
  const { senderField, senderKinds } = CHANNEL_DEFINITIONS[channel];
  return `${senderField}: ""   # ${describeSenders(senderKinds)}`;
}

/** A file that validates as it stands, and says what each field is for. */
export function skeleton(company: string, project: string, channels: readonly Channel[]): string {
  return `# A company's project as the engine reads it. Check with: engine company validate <this file>
company_id: ${company}
project_id: ${project}
company_name: ${title(company)}
project_name: ${title(project)}
project_status: active                           # inactive refuses every request
allowed_channels: [${channels.join(', ')}]

# Names that templates may copy (company_rep.company_rep_1 to 5); null where there is none.
company_rep:
  company_rep_1: null

# Facts that strangers write, such as a CV: they prove no amount, percentage, contact or demand (docs/templates.md).
# untrusted: [project_data.cv]

# Leave out what should not be limited.
rate_limits:
  requests_per_minute: 60
  requests_per_day: 5000
  concurrent_conversations: 200                  # accepted and not yet terminal; 1000 at most
  max_message_length: 1600                       # characters of a filled message

# What a month may cost, in one currency; requests are refused before it is spent. An SMS is paid by segment.
# budget:
#   currency: GBP
#   monthly_limit: 500
#   prices:
#     tokens_in_per_1000: 0.0002
#     tokens_out_per_1000: 0.0008
#     messages: { whatsapp: 0.035, sms: 0.042, email: 0.0008 }

# Days after which conversations are removed (7 to 3650); left out: the stage's.
# retention_days: 180

# true: a person sees each message first. With a list, only those to these recipients.
auto_queue_initial_message: false
auto_queue_initial_message_from_number: []
auto_queue_initial_message_from_email: []
# true: what recipients write waits for a person (engine reply list). With a list, only what these write.
auto_queue_reply_message: true
auto_queue_reply_message_from_number: []
auto_queue_reply_message_from_email: []

# The engine answers recipients' questions with texts that you approve: docs/answer-cards.md
# replies: answer

# Instructions for the model beside the template. The names of secrets are filled in for the stage.
ai_config:
  openai_config:
${channels.map((channel) => `    ${channel}:
      model: ${DEFAULT_MODEL}
      instructions: Be friendly, short and concrete. Never judge the recipient.`).join('\n')}

channel_config:
${channels.map((channel) => `  ${channel}:
    ${SENDERS[channel] ?? anySender(channel)}
    template:
${TEMPLATES[channel] ?? ANY_TEMPLATE}`).join('\n')}
`;
}

function title(identifier: string): string {
  return identifier
    .split(/[-_.]/)
    .filter(Boolean)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
}
