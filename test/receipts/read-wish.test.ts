import type { Wish } from '../../src/receipts/read-wish';
import { readWish } from '../../src/receipts/read-wish';

const wish = (text: string, language?: string): Wish | undefined => readWish({ text }, language);

test.each([
  'STOP', 'stop', 'Stop', ' stop ', 'STOP.', '"Stop!"', '\u200eSTOP\u200f', 'ＳＴＯＰ', 'stop\n', '🛑 stop 🛑', 'STOPALL',
  'stop all', 'Stop-All', 'unsubscribe', 'END', 'quit', 'revoke', 'OPTOUT', 'opt out', 'opt-out', 'Opt\u2010out', 'cancel',
  'STOP please', 'Please stop', 'pls stop!!', 'Hi, can you stop? Thanks', 'STOP\n\nSent from my iPhone',
  'Stop writing to me', 'please don\'t text me', 'Please remove me from your list.',
  'No more messages, thank you', 'Hello, I want to unsubscribe. Kind regards', 'STOP THIS', 'stop\r\n--\r\nAda Sample',
])('"%s" asks for no more messages', (text) => {
  expect(wish(text)).toBe('stop');
});

test.each([
  ['ARRET', 'fr-FR'], ['Arrêt', 'fr-FR'], ['Bonjour, désabonnez-moi svp', 'fr-FR'], ['Ne m\'écrivez plus', 'fr-CA'],
  ['BAJA', 'es-ES'], ['Hola, quiero darme de baja, gracias', 'es-MX'], ['Stopp!', 'de-DE'], ['Bitte abmelden', 'de'],
  ['Keine Nachrichten mehr bitte', 'de-AT'], ['Basta', 'it-IT'], ['SAIR', 'pt-BR'], ['Afmelden aub', 'nl-NL'],
  ['Wypisz mnie', 'pl-PL'], ['Avsluta', 'sv-SE'], ['Durdur lütfen', 'tr-TR'], ['Стоп', 'ru-RU'], ['Nu-mi mai scrieți, vă rog', 'ro-RO'],
  ['Buna ziua, nu mai vreau mesaje', 'ro'], ['من فضلكم إلغاء الاشتراك', 'ar-EG'], ['إلغاء', 'ar'], ['stop', 'fr-FR'],
])('"%s" asks for no more messages in %s', (text, language) => {
  expect(wish(text, language)).toBe('stop');
});

test.each([
  ['Baja', 'en-GB'], ['Dur', 'fr-FR'], ['Alto', 'it-IT'], ['Pare', 'en-US'], ['Basta', 'es-ES'],
  ['إلغاء', 'en-GB'],
])('"%s" is an answer in %s, whatever it means elsewhere', (text, language) => {
  expect(wish(text, language)).toBeUndefined();
});

test.each([
  [{ payload: 'STOP', text: 'Stop promotions' }], [{ payload: 'no-more', text: 'Stop promotions' }],
  [{ payload: 'stop', text: '' }],
])('the button %j asks for no more messages', (button) => {
  expect(readWish({ text: 'Stop promotions', button }, 'en-GB')).toBe('stop');
});

test('a button that answers is a reply, and what the vendor took a message for counts first', () => {
  expect(readWish({ text: 'Yes', button: { payload: 'confirm', text: 'Yes' } })).toBeUndefined();
  expect(readWish({ text: 'Arrêt', command: 'stop' }, 'en-GB')).toBe('stop');
  expect(readWish({ text: 'stop', command: 'start' }, 'en-GB')).toBe('start');
});

test.each(['START', 'start', ' Start! ', 'unstop', '(UNSTOP)'])('"%s" lifts a stop', (text) => {
  expect(wish(text)).toBe('start');
});

test.each([
  ['Can I talk to somebody?', 'en-GB'], ['I would rather speak with a person', 'en-GB'], ['Are you a bot?', 'en-GB'],
  ['Could someone call me tomorrow?', 'en-GB'], ['Kann ich mit jemandem sprechen?', 'de-DE'],
  ['Je voudrais parler à quelqu\'un', 'fr-FR'], ['Quiero hablar con una persona', 'es-ES'],
  ['Posso parlare con un operatore?', 'it-IT'], ['Kan ik iemand spreken?', 'nl-NL'],
  ['Vreau să vorbesc cu un om.', 'ro-RO'], ['أريد التحدث مع موظف', 'ar-EG'],
])('"%s" asks for a person', (text, language) => {
  expect(wish(text, language)).toBe('person');
});

test.each([
  'Stop by at five', 'non stop', 'bus stop', 'stop start', 'START STOP', 'Please cancel', 'I said stop, what is this?',
  'how do I unsubscribe from this',
])('"%s" may mean a stop: a person looks', (text) => {
  expect(wish(text)).toBe('person');
});

test.each([
  'the end', 'I quit my job in May', 'cancel my interview', 'stopped', 'YES', 'yes', 'start now', 're start', '', '...',
  'endet', '5', 'I was a manager at Northfield', 'as an agent for two years', 'please', 'thanks', 'hello',
])('"%s" is a reply', (text) => {
  expect(wish(text)).toBeUndefined();
});

test('a long text is read in time that grows with its length alone, and no further than a message is long', () => {
  expect(wish(`${'please '.repeat(200)}stop`)).toBe('stop');
  expect(wish(`${'x '.repeat(5_000)}stop`)).toBeUndefined();
});

test.each([
  ['PERSON', 'en-GB'], ['Human, please', 'en-GB'], ['MENSCH', 'en-GB'], ['kişi', 'tr'], ['KİŞİ', 'tr-TR'], ['CZŁOWIEK', 'de'],
])('"%s" alone is the word that the assistant names, and reaches a person in every language: %s', (text, language) => {
  expect(wish(text, language)).toBe('person');
});

test('the word that reaches a person is a word like any other in a longer message', () => {
  expect(wish('I was the contact person for two wards', 'en-GB')).toBeUndefined();
});
