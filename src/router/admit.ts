import type { ChannelSettings, Project } from '../core/company/company';
import { narrowAnswers } from '../core/company/narrow-answers';
import { findWithdrawal, readCompanySettings } from '../core/company/company-settings';
import { isUsable, mayUse } from '../core/company/key-right';
import { factAt, isMissing } from '../core/contract/fact-path';
import type { Fault, Refusal } from '../core/contract/refusal';
import { FORBIDDEN } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import type { AcceptanceFacts } from '../core/ports/directory';
import { testSender } from '../core/lifecycle/test-message';
import { isSameAddress } from '../core/recipient/identity';

/** `incomplete` names the company record's faults to the operator, never to the client. */
export type AdmissionDecision =
  | { readonly admitted: true; readonly project: Project; readonly settings: ChannelSettings }
  | { readonly admitted: false; readonly refusal: Refusal; readonly incomplete?: readonly Fault[] };

/** One answer for what does not exist and for what belongs to another tenant. */
export const COMPANY_NOT_FOUND: Refusal = {
  code: 'COMPANY_NOT_FOUND',
  message: 'There is no such company and project.',
};

/**
 * Judges a request of correct shape in the contract's order: key, right to the company, project, channel, consent,
 * opt-out.
 */
export function admit(request: ConversationRequest, known: AcceptanceFacts, now: number): AdmissionDecision {
  if (!isUsable(known.key, now)) return refuse(FORBIDDEN);
  if (!known.company || !mayUse(known.key, request.company_data)) return refuse(COMPANY_NOT_FOUND);
  const { channel_method: channel, test } = request.request_data;
  if (test && !known.key.test) {
    const message = 'request_data.test needs a test key: by this key the message would really be sent.';
    return refuse({ code: 'TEST_KEY_REQUIRED', message });
  }
  const company = readCompanySettings(known.company, channel);
  if (!company.project) return incomplete(company.complete ? [] : company.faults);
  const withdrawn = findWithdrawal(company.project, channel);
  if (withdrawn === 'project_inactive') {
    return refuse({ code: 'PROJECT_INACTIVE', message: 'The project is not active.' });
  }
  if (withdrawn === 'channel_not_allowed') {
    return refuse({ code: 'CHANNEL_NOT_ALLOWED', message: `The project does not allow the channel ${channel}.` });
  }
  if (!request.recipient_data.comms_consent) {
    const message = 'recipient_data.comms_consent is false: the recipient has not agreed to be written to.';
    return refuse({ code: 'CONSENT_REQUIRED', message });
  }
  if (!company.complete) return incomplete(company.faults);
  const { project, channelSettings } = company;
  const { sender: own } = channelSettings;
  const settings = known.key.test ? { ...channelSettings, sender: testSender(own) } : channelSettings;
  if (known.optedOutOf.some((sender) => [own, settings.sender].some((each) => isSameAddress(sender, each)))) {
    return refuse({ code: 'RECIPIENT_OPTED_OUT', message: 'The recipient has asked this sender not to write.' });
  }
  return { admitted: true, project, settings };
}

/** Undefined if the request has what its template needs, and expects no answers that the template does not ask for. */
export function refuseUnfit(request: ConversationRequest, settings: ChannelSettings): Refusal | undefined {
  const narrowed = narrowAnswers(request, settings);
  return 'refusal' in narrowed ? narrowed.refusal : refuseMissingFacts(request, settings);
}

function refuseMissingFacts(request: ConversationRequest, { content }: ChannelSettings): Refusal | undefined {
  const { name, needs = [] } = content.template;
  const message = `is missing: the template ${name} needs it`;
  const details = needs.filter((path) => isMissing(factAt(request, path))).map((path) => ({ path, message }));
  const [first] = details;
  return first && { code: 'MISSING_FACTS', message: `${first.path} ${message}.`, details };
}

function refuse(refusal: Refusal): AdmissionDecision {
  return { admitted: false, refusal };
}

function incomplete(faults: readonly Fault[]): AdmissionDecision {
  const message = 'The project is not configured completely; its operator has been notified.';
  return { admitted: false, refusal: { code: 'CONFIGURATION_ERROR', message }, incomplete: faults };
}
