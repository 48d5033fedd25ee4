interface Raised {
  readonly name: string;
  readonly description: string;
  readonly since: string;
}

export interface AlarmWords {
  readonly name: string;
  readonly severity: string;
  readonly says: string;
  readonly since: string;
  /** Where to read what to do; absent where the description names no address of the web. */
  readonly runbook?: string;
}

/** The parts of a description as the stack writes it: `critical: sms: … What to do: https://…#anchor`. */
export function alarmWords({ name, description, since }: Raised): AlarmWords {
  const [words = '', address = ''] = description.split(' What to do: ');
  const [, severity, says = ''] = /^(\w+): (.*)$/s.exec(words) ?? [];
  const runbook = /^https:\/\/\S+$/.test(address) ? address : undefined;
  return severity === undefined
    ? { name, severity: '–', says: description || name, since, runbook }
    : { name, severity, says, since, runbook };
}
