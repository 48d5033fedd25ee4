/** One message as its recipient reads it. */
export interface Delivery {
  readonly channel: 'sms' | 'whatsapp' | 'email';
  /** Phone number in E.164 or e-mail address. */
  readonly from: string;
  readonly to: string;
  /** E-mail only. */
  readonly subject?: string;
  readonly text: string;
  /** E-mail only, and only where the message has an HTML part. */
  readonly html?: string;
  /** E-mail only: where replies go, if not to `from`. */
  readonly replyTo?: string;
  /** E-mail only: headers that its sender set beside the vendor's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The vendor's own identifier: Twilio's SID, SendGrid's X-Message-Id. */
  readonly vendorMessageId: string;
  /** The vendor's last word on it, in the vendor's spelling. */
  readonly status: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly acceptedAt: number;
}
