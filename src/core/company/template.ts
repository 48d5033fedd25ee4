/** One variable of an approved template (docs/architecture.md, composition). */
export interface TemplateVariable {
  /** What the model is told to write here. */
  readonly description: string;
  /** Characters at most. */
  readonly max_length: number;
  readonly required: boolean;
  /** Words to use when the model's value is refused. */
  readonly fallback?: string;
  /** Dotted path in the facts (`recipient_data.recipient_first_name`): the value is copied, the model is not asked. */
  readonly copy_of?: string;
}

interface TemplateBase {
  readonly name: string;
  /** Counts up with each change; frozen with every message. */
  readonly version: number;
  /** BCP 47, for example `en-GB`. */
  readonly language: string;
  readonly variables: Readonly<Record<string, TemplateVariable>>;
  /** Minutes after acceptance in which the message may still be sent. Default 1440. */
  readonly valid_for_minutes?: number;
  /** A lost answer may be answered by a second send once the vendor's own list shows that nothing went. Off by default. */
  readonly resend_on_unknown?: boolean;
}

/** Body with `{{1}}`, `{{2}}` …, as Meta approved it. */
export interface WhatsappTemplate extends TemplateBase {
  readonly body: string;
  /** Twilio's content identifier; absent: the credential secret's `twilio_template_sid`. */
  readonly content_sid?: string;
}

/** Body with named variables, `{{first_name}}`. */
export interface SmsTemplate extends TemplateBase {
  readonly body: string;
  /** Segments that a message may cost at most. Default 3. */
  readonly max_segments?: number;
}

/** Subject, text and optionally HTML with named variables; values are escaped in HTML. */
export interface EmailTemplate extends TemplateBase {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

export interface Templates {
  readonly whatsapp: WhatsappTemplate;
  readonly sms: SmsTemplate;
  readonly email: EmailTemplate;
}

export type Template = Templates[keyof Templates];

/** A template together with its channel. */
export type ChannelTemplate =
  | { readonly channel: 'whatsapp'; readonly template: WhatsappTemplate }
  | { readonly channel: 'sms'; readonly template: SmsTemplate }
  | { readonly channel: 'email'; readonly template: EmailTemplate };

/** What a model writes; where there is none, every value is copied and no model is asked. */
export function writtenVariables({ variables }: Pick<Template, 'variables'>): readonly TemplateVariable[] {
  return Object.values(variables).filter(({ copy_of: path }) => path === undefined);
}

/** The final words, ready to hand to a provider. */
export type FilledMessage =
  | { readonly channel: 'whatsapp'; readonly text: string; readonly content_sid?: string; readonly variables: Readonly<Record<string, string>> }
  | { readonly channel: 'sms'; readonly text: string; readonly segments: number }
  | { readonly channel: 'email'; readonly subject: string; readonly text: string; readonly html?: string };
