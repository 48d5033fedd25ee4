/** An account that the simulator knows, as an operator would have set it up in Twilio's console. */
export interface TwilioAccount {
  /** `AC` and 32 hexadecimal digits. */
  readonly accountSid: string;
  readonly authToken: string;
  /** Restricted keys that may stand in for the account's own credentials when sending. */
  readonly apiKeys?: ReadonlyArray<{ readonly sid: string; readonly secret: string }>;
  /** Numbers (E.164) that may send SMS. */
  readonly smsNumbers?: readonly string[];
  /** Numbers (E.164) that are WhatsApp senders. */
  readonly whatsappNumbers?: readonly string[];
  readonly services?: readonly MessagingService[];
  /** Where Twilio posts what a number (`+44…`) or a WhatsApp sender (`whatsapp:+44…`) receives; absent: nowhere. */
  readonly webhooks?: Readonly<Record<string, { readonly url: string; readonly fallbackUrl?: string }>>;
}

/** A Messaging Service, which chooses one of its numbers for each message. */
export interface MessagingService {
  /** `MG` and 32 hexadecimal digits. */
  readonly sid: string;
  /** Numbers (E.164) of its pool, for SMS and WhatsApp alike. */
  readonly numbers: readonly string[];
  /** Where Twilio posts what its numbers receive; absent: nowhere. */
  readonly inboundUrl?: string;
  /** The numbers' own addresses go before the service's. */
  readonly usesNumbersUrl?: boolean;
  readonly fallbackUrl?: string;
}

/** The service that a number belongs to. */
export function serviceOf({ services = [] }: TwilioAccount, number: string): MessagingService | undefined {
  return services.find(({ numbers }) => numbers.includes(number));
}

/** The account that HTTP basic credentials belong to. */
export function authenticate(
  accounts: Iterable<TwilioAccount>,
  authorization: string | undefined,
): TwilioAccount | undefined {
  const encoded = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [user, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  return [...accounts].find(
    (account) =>
      (account.accountSid === user && account.authToken === password) ||
      (account.apiKeys ?? []).some((key) => key.sid === user && key.secret === password),
  );
}

export function ownedNumbers(account: TwilioAccount): readonly string[] {
  return [...account.smsNumbers ?? [], ...account.whatsappNumbers ?? []];
}
