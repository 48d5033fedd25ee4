import { createEngineClient } from '../../src/client/engine-client';

// The stage's address and the company's key, from where your service keeps its settings.
const { ENGINE_URL: url = '', ENGINE_KEY: apiKey = '' } = process.env;

async function askCandidate(): Promise<string> {
  const engine = createEngineClient({ url, apiKey });
  const result = await engine.initiateConversation({
    company_data: { company_id: 'harbour-and-pine', project_id: 'nurse-recruitment' },
    recipient_data: {
      recipient_first_name: 'Amara',
      recipient_last_name: 'Okafor',
      recipient_tel: '+447700900210',
      comms_consent: true,
    },
    project_data: {
      job_title: 'Staff Nurse, Intensive Care',
      unclear_point: 'Your CV gives two end dates for your time at Northfield Care Home, June 2023 and August 2023.',
    },
    request_data: { channel_method: 'whatsapp' },
  });
  switch (result.outcome) {
    case 'accepted':
      return `Queued as ${result.conversationId}.`;
    case 'refused':
      return `Not sent (${result.code}): ${result.message} `
        + `${result.details.map(({ path, message }) => `${path} ${message}`).join('; ')}`;
    case 'limited':
      return `Too much at once: ask again in ${result.retryAfterSeconds} s, with request_id ${result.requestId}.`;
    case 'unanswered':
      return `Nobody knows yet: ask again with request_id ${result.requestId}. ${result.reason}`;
  }
}

void askCandidate().then((line) => { process.stdout.write(`${line}\n`); });
