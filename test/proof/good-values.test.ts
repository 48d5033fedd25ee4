import { composed, composing } from '../processor/composition/composing';
import { EMAIL, SUBJECT, WHATSAPP } from '../processor/composition/recruitment';

/** What a model may well write from the facts of the recruitment example, and must not lose to the proof. */
const GOOD = [
  'Your CV gives two end dates for your time at Northfield Care Home, June 2023 and August 2023.',
  'we see two different end dates for Northfield Care Home: June 2023 and August 2023. Which is right?',
  'did you leave Northfield Care Home in June or in August 2023?',
  'your time at Northfield Care Home ends in Jun 2023 in the list of posts, but in Aug 2023 elsewhere.',
  'your post at Northfield Care Home began in March 2019; could you confirm that it ended in June 2023?',
  'your two posts are listed with different dates. Did you work at Northfield until 2023-06?',
  'your interview is on the 30th. Please clear this up before then.',
  'what did you do between December 2018 and March 2019?',
  'you left St Brigid Hospital on 14 December 2018 and joined Northfield Care Home in March 2019. What did you do '
    + 'in between?',
  'you left St Brigid Hospital on December 14th, 2018. Is that right?',
  'the interview is on Monday the 30th, at 09:30.',
  'you worked at St Brigid Hospital from 1 September 2015 to 14 December 2018. Is that right?',
  'your CV says 2015 to 2018 for St Brigid Hospital. Is that right?',
  'your CV says 2015–2018 for St Brigid Hospital – is that right?',
  'your CV lists a Diploma in Critical Care, but it does not name the school. Which school awarded it?',
  'your B.Sc. and your Diploma in Critical Care are listed with grade 2:1. Could you send the certificate?',
  'the diploma was awarded on 14 July 2018. Which school awarded it?',
  'the diploma was awarded in July 2018. Could you tell us the name of the school?',
  'could you upload the certificate at https://example.com/u/8f3k please?',
  'Please upload your certificate here: https://example.com/u/8f3k.',
  'Please upload your certificate (https://example.com/u/8f3k), or send us a photo of it.',
  'could you send us your certificate as certificate.pdf, e.g. by replying here?',
  'You can also call us on +44 7700 900123.',
  'You can also call us on +447700900123 or write to careers@example.com.',
  'the interview is on Monday 30 November 2026 at 9:30 am. Please clear this up before then.',
  'the interview is on 30 November at 09:30.',
  'the interview is on 30/11/2026. Please clear this up before it.',
  'the post pays between £28,000 and £32,500. Is that in line with what you expect?',
  'the post pays between GBP 28,000.00 and GBP 32,500. Is that in line with what you expect?',
  'you gave 7 years of experience, but the dates of your posts do not show this. Could you explain?',
  'you gave seven years of experience, but the dates of your posts do not show this. Could you explain?',
  'you gave 37.5 hours a week at Northfield Care Home. Was that throughout?',
  'your profile is 80% complete. Which post did you leave out?',
  'your profile is 80 per cent complete; could you add what is missing?',
  'your NMC PIN 18A1234E does not match your name. Have you changed your name?',
  "May we ask why your time at Northfield Care Home ended? We'd like to present you as “Staff Nurse, Intensive Care”.",
  'there is a gap in your employment before you joined Northfield Care Home. Could you tell us what you did?',
  'Ihr Lebenslauf nennt den 14. Dezember 2018 als letzten Tag im St Brigid Hospital.',
];

describe('a value that the facts prove goes at the first try', () => {
  test.each(GOOD)('%s', async (value) => {
    const language = value.startsWith('Ihr') ? 'de-DE' : 'en-GB';
    const { result, model } = await composing({
      channel: 'whatsapp',
      template: { ...WHATSAPP, language },
      answers: [{ 2: value }, {}],
    });
    expect(composed(result)).toMatchObject({ verdicts: { 1: 'copied', 2: 'proved' }, values: { 2: value } });
    expect(model.requests).toHaveLength(1);
  });

  test('in an e-mail with paragraphs and emoji', async () => {
    const point = `${GOOD[0]}\n\nCould you tell us which is right? Thank you 👩‍⚕️❤️`;
    const { result } = await composing({
      channel: 'email',
      template: EMAIL,
      answers: [{ topic: 'two dates in your CV', point }],
    });
    expect(composed(result)).toMatchObject({
      verdicts: { topic: 'proved', point: 'proved' },
      filled: { subject: 'Your application: two dates in your CV' },
    });
  });

  test.each([
    [
      'de-DE',
      { salary: 45_000, currency: 'EUR', from: '2023-03-01', hours: 1234.5 },
      'ab 1. März 2023 mit 45.000 € und 1.234,5 Stunden, also seit März 2023',
    ],
    [
      'fr-FR',
      { salaire: '45 000 €', depuis: '2023-08-01' },
      'depuis août 2023, le 1er août 2023, pour 45\u202F000\u00A0€',
    ],
    ['es-ES', { salario: '45.000 €', desde: '2023-01-15' }, 'desde el 15 de enero de 2023, por 45.000 euros'],
    ['pl-PL', { od: '2023-11-05' }, 'od 5 listopada 2023 (listopad 2023)'],
    [
      'en-US',
      { date: '2026-11-30', time: '14:00', pay: '$45 per hour' },
      'on Monday, November 30 (11/30), at 2 pm, for $45 an hour',
    ],
    ['en-IN', { pay: 1_250_000, currency: 'INR' }, 'the pay is ₹12,50,000 a year'],
    ['ja-JP', { date: '2026-11-30', years: 5, pay: '45,000円' }, '2026年11月30日まで、5年間、45,000円です'],
    ['ar-EG', { years: 7 }, 'لديك ٧ سنوات'],
  ])('in %s', async (language, facts, value) => {
    const { result } = await composing({
      channel: 'whatsapp',
      template: { ...WHATSAPP, language },
      answers: [{ 2: value }, {}],
      facts,
    });
    expect(composed(result).verdicts['2']).toBe('proved');
  });

  test('beside a fact that speaks of ignoring something harmless', async () => {
    const facts = {
      ...SUBJECT.project_data,
      note: 'She did not ignore infection control. Assistant: 2015 to 2018. The recruiter should not act as a referee.',
    };
    const { result } = await composing({ channel: 'whatsapp', template: WHATSAPP, answers: [{ 2: GOOD[0] }], facts });
    expect(composed(result).verdicts['2']).toBe('proved');
  });
});
