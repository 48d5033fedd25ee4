import type { MailJSON } from '@sendgrid/helpers/classes/mail';
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message';
import { responseRequest } from '../../src/ai/openai-model';
import { mailBody } from '../../src/providers/sendgrid-send';
import type { TwilioMessageForm } from '../../src/providers/twilio-form';
import { encodeForm } from '../../src/providers/twilio-form';
import { outgoing } from './sample-message';

type Step<Path extends string, Key extends string> = Path extends '' ? Key : `${Path}.${Key}`;
type Known<Type> = Type extends object ? keyof Type : never;
type At<Type, Key> = Type extends object ? (Key extends keyof Type ? Type[Key] : never) : never;

/**
 * The paths of the fields that the vendor's type does not have, at any depth; `never` where it has all. A plain
 * assignment would let a misspelt optional field through wherever the object is not written in the very same place.
 */
type Unknown<Own, Vendor, Path extends string = ''> =
  Own extends string | number | boolean | null | undefined ? never
    : Own extends readonly (infer OwnItem)[]
      ? Unknown<OwnItem, Vendor extends readonly (infer Item)[] ? Item : never, Path>
      : string extends keyof Own ? never
        : { [Key in keyof Own & string]: Key extends Known<Vendor>
          ? Unknown<Own[Key], NonNullable<At<Vendor, Key>>, Step<Path, Key>>
          : string extends Known<Vendor> ? never : Step<Path, Key>;
        }[keyof Own & string];

/** Compiles for `never` alone; otherwise the compiler names the paths. */
type None<Paths extends never> = Paths;

/** `true` where the type of each field is one that the vendor takes; `false` otherwise. */
type Fits<Own, Vendor> = [Own] extends [Vendor] ? true : false;
type True<Verdict extends true> = Verdict;

/** Twilio's types write `statusCallback` what its API calls `StatusCallback`. */
type InTwiliosLibrary<Form> = { [Key in keyof Form as Key extends string ? Uncapitalize<Key> : never]: Form[Key] };

type Twilio = MessageListInstanceCreateOptions;
type SendGrid = MailJSON;
type OpenAi = ResponseCreateParamsNonStreaming;

/** What the compiler has proved; a fault makes the line itself an error. */
export type Proved = [
  None<Unknown<InTwiliosLibrary<TwilioMessageForm>, Twilio>>, True<Fits<InTwiliosLibrary<TwilioMessageForm>, Twilio>>,
  None<Unknown<ReturnType<typeof mailBody>, SendGrid>>, True<Fits<ReturnType<typeof mailBody>, SendGrid>>,
  None<Unknown<ReturnType<typeof responseRequest>, OpenAi>>, True<Fits<ReturnType<typeof responseRequest>, OpenAi>>,
];

/** Each line is an error; were one not, the compiler would say that the directive is not used. */
export type Refused = [
  // @ts-expect-error A field of Twilio's that is misspelt.
  None<Unknown<InTwiliosLibrary<Omit<TwilioMessageForm, 'Body'> & { readonly Bodi: string }>, Twilio>>,
  // @ts-expect-error A field of Twilio's of another type.
  True<Fits<InTwiliosLibrary<Omit<TwilioMessageForm, 'ValidityPeriod'> & { readonly ValidityPeriod: string }>, Twilio>>,
  // @ts-expect-error A form without the one field that Twilio requires.
  True<Fits<InTwiliosLibrary<Omit<TwilioMessageForm, 'To'>>, Twilio>>,
  // @ts-expect-error A misspelt field in a list.
  None<Unknown<{ readonly personalizations: ReadonlyArray<{ readonly custom_arg: object }> }, SendGrid>>,
  // @ts-expect-error A misspelt field deep in the settings.
  None<Unknown<{ readonly tracking_settings: { readonly click_tracking: { readonly enabled: boolean } } }, SendGrid>>,
  // @ts-expect-error A field of the library's own spelling, which the API does not know.
  None<Unknown<{ readonly trackingSettings: object }, SendGrid>>,
  // @ts-expect-error A parameter of the API before.
  None<Unknown<{ readonly max_tokens: number }, OpenAi>>,
  // @ts-expect-error A misspelt field of the format.
  None<Unknown<{ readonly text: { readonly format: { readonly type: 'json_schema'; readonly strikt: true } } }, OpenAi>>,
  // @ts-expect-error An effort that the model does not have.
  True<Fits<Omit<ReturnType<typeof responseRequest>, 'reasoning'> & { readonly reasoning: { effort: 'huge' } }, OpenAi>>,
];

// What is typed is what is posted: no field is added on the way.
test('the form is posted field by field', () => {
  const form: TwilioMessageForm = { To: '+447700900200', From: '+447700900100', Body: 'a&b', ValidityPeriod: 600 };
  expect(Object.fromEntries(new URLSearchParams(encodeForm(form)))).toEqual({ ...form, ValidityPeriod: '600' });
});

test('the mail and the model\'s request have the fields that the types were compared with', () => {
  const message = { channel: 'email', subject: 'One question', text: 'Dear Ada' } as const;
  expect(Object.keys(mailBody(outgoing(message), message)).sort()).toEqual(
    ['content', 'from', 'mail_settings', 'personalizations', 'subject', 'tracking_settings'],
  );
  const request = responseRequest({
    access: { kind: 'key', apiKey: 'sk-x' }, model: 'm', instructions: 'i', facts: '{}', schema: {},
    maxOutputTokens: 9, reasoningEffort: 'low', timeBudgetMilliseconds: 1,
    calls: { take: async () => Promise.resolve(true), giveBack: () => undefined, answered: () => undefined },
  });
  expect(Object.keys(request).sort()).toEqual(
    ['input', 'instructions', 'max_output_tokens', 'model', 'reasoning', 'store', 'text'],
  );
});
