import type * as z from 'zod/mini';
import type { AddressForm } from './address-form';
import type { SenderKind } from './sender-form';
import type { TemplateBase, TemplateVariable } from './template-base';

/** A rule of a channel that a value or a message can break; src/proof/rules/rules.ts has the words for each. */
export type ChannelRule =
  | 'empty'
  | 'too_long'
  | 'line_break'
  | 'space_run'
  | 'text_too_long'
  | 'too_many_segments'
  | 'subject_empty'
  | 'subject_too_long';

/** A rule of a channel that a template can break; `place` is one of its texts or variables. */
export interface TemplateFinding {
  readonly place: string;
  readonly fault: 'bad_name' | 'too_many_variables';
}

/** The texts of a message or a template by their names in the template: `body`, or `subject`, `text` and `html`. */
export type Texts = Readonly<Partial<Record<'body' | 'subject' | 'text' | 'html', string>>>;

/** The final words: what people read stands in `text`, whatever else the channel has beside it. */
export interface FilledTexts {
  readonly text: string;
}

/** How a channel's words are made and judged. */
export interface TextRules<Template extends TemplateBase, Filled extends FilledTexts> {
  /** What the model needs to know about the channel. */
  readonly modelRule: string;
  /** Whether a variable that is not required may be left empty. */
  readonly mayBeEmpty: boolean;
  /** The plain spelling of a value where the channel charges for typography. */
  readonly plain: (value: string) => string;
  readonly texts: (template: Template) => Texts;
  readonly valueFaults: (value: string) => readonly ChannelRule[];
  readonly messageFaults: (template: Template, filled: Filled) => readonly ChannelRule[];
  readonly templateFaults: (template: Template) => readonly TemplateFinding[];
  readonly fill: (template: Template, texts: Texts, values: ReadonlyMap<string, string>) => Filled;
  /** Parts that a message is charged by. */
  readonly parts: (filled: Filled) => number;
  /** Parts that a message of the template has at most. */
  readonly mostParts: (template: Template) => number;
}

/** When the messages of a recipient are read as one reply. */
export interface ReplyBurst {
  /** Seconds without another message after which what came is read. */
  readonly quiet_seconds: number;
  /** Seconds after the first message after which what came is read in any case. */
  readonly longest_seconds: number;
}

/** How much of a burst a model reads: more goes to a person. */
export interface ReadAtOnce {
  readonly messages: number;
  readonly characters: number;
}

/** How many replies of its own the engine writes in a thread; more go to a person. */
export interface EngineReplyLimits {
  readonly perHour: number;
  readonly perDay: number;
  /** Without an answer that was expected in between. */
  readonly inARow: number;
}

/** From how many on it is taken that a program writes, or that nobody hears the recipient. */
export interface LoopSigns {
  /** The same words within a day. */
  readonly sameText: number;
  /** Messages in a row that came faster than a person reads and writes. */
  readonly quickAnswers: number;
}

/** What a template needs beside its texts. */
export interface TemplateHead {
  name: string;
  version: number;
  language: string;
  variables: Record<string, TemplateVariable>;
}

/** Words that a chat or mailbox takes as they are: a person's own, or those of an answer card. */
export interface FreeText<Template extends TemplateBase, Filled extends FilledTexts> {
  /** Characters that may be written at once: what carriers and their vendors take, and what a mail bears. */
  readonly limit: number;
  readonly fill: (text: string, subject: string) => Filled;
  /** The template that holds these words: what they cost is reckoned by it. */
  readonly template: (head: TemplateHead, text: string, subject: string) => Template;
}

/** All that is particular to one channel. */
export interface ChannelDefinition<
  Template extends TemplateBase,
  Filled extends FilledTexts,
  Vendor extends string = string,
> {
  /** Who delivers its messages: the name of an adapter in src/providers, and a part of the names of its secrets. */
  readonly vendor: Vendor;
  readonly address: AddressForm;
  /** Field of the company record that holds who sends. */
  readonly senderField: string;
  /** Further fields of the channel's part of the company record. */
  readonly settings: Readonly<Record<string, z.ZodMiniType>>;
  /** Whether each message has an address of its own that replies go to, and a link that opts its recipient out. */
  readonly hasReplyAddresses: boolean;
  /**
   * Whether the engine confirms a stop to whoever asked for it. By SMS the carriers' rules ask the vendor to, and it
   * lets nothing of ours through any more.
   */
  readonly confirmsStops: boolean;
  /** What may send on it. */
  readonly senderKinds: readonly SenderKind[];
  /** Fields that it does not know are kept: they are the vendor's. */
  readonly template: z.ZodMiniType<Template>;
  /** The fields that it knows. */
  readonly templateFields: readonly string[];
  /** Field of a template that names the text which the vendor approved; absent: the vendor approves none. */
  readonly approvalField?: string;
  /** Seconds in which several messages of a recipient are one reply; a project may set others (`reply_burst`). */
  readonly replyBurst: ReplyBurst;
  readonly readAtOnce: ReadAtOnce;
  /** A project may set others (`assistant.limits`). */
  readonly engineReplies: EngineReplyLimits;
  readonly loopSigns: LoopSigns;
  readonly freeText: FreeText<Template, Filled>;
  /** Whether a message that was delivered may be returned afterwards, as a mail may. */
  readonly failsAfterDelivery: boolean;
  readonly text: TextRules<Template, Filled>;
}
