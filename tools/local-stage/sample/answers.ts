/** The day after which the sample's pay is not told any more. */
const PAY_IS_TRUE_UNTIL = '2030-12-31';

/** What the sample company knows and requests do not say. */
export const SAMPLE_KNOWLEDGE = [
  { name: 'hourly_pay', value: { amount: 21.5, currency: 'GBP' }, valid_until: PAY_IS_TRUE_UNTIL },
  { name: 'place_of_work', value: 'Northfield General Hospital' },
  { name: 'shifts', value: ['07:00-15:00', '14:30-22:30', '22:00-07:30'] },
  { name: 'telephone', value: '+447700900102' },
] as const;

const copied = (path: string, description: string, maximum: number) =>
  ({ description, max_length: maximum, copy_of: path }) as const;

/** What the sample company answers, in English and in German. */
export const SAMPLE_CARDS = [
  {
    card_id: 'ask_start_date',
    version: 1,
    when: 'The candidate explains the unclear point and does not say from which day they could start.',
    languages: {
      'en-GB': { text: 'Thank you for the explanation. From which day could you start? A date such as 12 March is enough.' },
      'de': { text: 'Vielen Dank für die Erklärung. Ab welchem Tag könnten Sie anfangen? Ein Datum wie der 12. März genügt.' },
    },
    then: 'await',
  },
  {
    card_id: 'ask_explanation',
    version: 1,
    when: 'The candidate says when they could start and does not explain the unclear point of the CV.',
    languages: {
      'en-GB': { text: 'Thank you. Could you also explain the point in your CV in a sentence or two?' },
      'de': { text: 'Vielen Dank. Könnten Sie auch den Punkt in Ihrem Lebenslauf in ein, zwei Sätzen erklären?' },
    },
    then: 'await',
  },
  {
    card_id: 'pay',
    version: 1,
    when: 'The candidate asks what the job pays.',
    languages: {
      'en-GB': { text: 'The pay for {{job_title}} is {{hourly_pay}} per hour. Could you please answer our question, too?' },
      'de': { text: 'Als {{job_title}} verdienen Sie {{hourly_pay}} pro Stunde. Könnten Sie bitte auch unsere Frage beantworten?' },
    },
    variables: {
      job_title: copied('project_data.job_title', 'Title of the job', 80),
      hourly_pay: { ...copied('knowledge.hourly_pay', 'Pay per hour', 20), format: 'amount' },
    },
    needs: ['knowledge.hourly_pay', 'project_data.job_title'],
    then: 'await',
  },
  {
    card_id: 'place_and_shifts',
    version: 1,
    when: 'The candidate asks where the work is or in which shifts.',
    languages: {
      'en-GB': { text: 'You would work at {{place}}. There are these shifts: {{shifts}}.' },
      'de': { text: 'Sie würden hier arbeiten: {{place}}. Es gibt diese Schichten: {{shifts}}.' },
    },
    variables: {
      place: copied('knowledge.place_of_work', 'Place of work', 80),
      shifts: { ...copied('knowledge.shifts', 'Shifts', 80), format: 'list' },
    },
    needs: ['knowledge.place_of_work', 'knowledge.shifts'],
    then: 'rest',
  },
  {
    card_id: 'reply_by',
    version: 1,
    when: 'The candidate asks until when an answer is wanted, or says that they will answer later.',
    languages: {
      'en-GB': { text: 'Please answer by {{reply_by}}. Thank you.' },
      'de': { text: 'Bitte antworten Sie bis zum {{reply_by}}. Vielen Dank.' },
    },
    variables: { reply_by: { ...copied('project_data.reply_by', 'Day by which the answer is wanted', 40), format: 'date' } },
    needs: ['project_data.reply_by'],
    then: 'await',
  },
  {
    card_id: 'write_instead',
    version: 1,
    when: 'The candidate sends a voice note, a picture or a file without words.',
    languages: {
      'en-GB': { text: 'We cannot open recordings and files here. Could you please write your answer?' },
      'de': { text: 'Wir können hier keine Aufnahmen und Dateien öffnen. Könnten Sie Ihre Antwort bitte schreiben?' },
    },
    channels: ['whatsapp', 'sms'],
    on: ['media'],
    then: 'await',
  },
] as const;

/** How the sample company answers, where `replies` says that it does. */
export const SAMPLE_ASSISTANT = {
  disclosure: {
    'en-GB': 'This is the automatic assistant of Harbour & Pine. Write PERSON to reach a person.',
    'de': 'Hier schreibt der automatische Assistent von Harbour & Pine. Mit MENSCH erreichen Sie einen Menschen.',
  },
  hand_off: {
    'en-GB': 'Thank you. A colleague will read your message and reply to you here.',
    'de': 'Vielen Dank. Eine Kollegin oder ein Kollege liest Ihre Nachricht und antwortet Ihnen hier.',
  },
  time_zone: 'Europe/London',
  hours: {
    monday: '09:00-17:30', tuesday: '09:00-17:30', wednesday: '09:00-17:30', thursday: '09:00-17:30', friday: '09:00-16:00',
  },
  outside_hours: {
    'en-GB': 'Thank you. A colleague will be back on {{date}} at {{time}} and will reply to you here.',
    'de': 'Vielen Dank. Am {{date}} um {{time}} ist wieder jemand für Sie da und antwortet Ihnen hier.',
  },
} as const;
