import { brokenRules } from './proving';

/** Each value says what its fact does, in another form; the other one of the pair does not. */
test.each<[language: string, facts: Readonly<Record<string, unknown>>, right: string, wrong: string]>([
  ['en-GB', { contract_months: 18 }, 'it runs for a year and a half.', 'it runs for half a year.'],
  ['de-DE', { laufzeit_monate: 18 }, 'sie läuft anderthalb Jahre.', 'sie läuft ein halbes Jahr.'],
  ['es-ES', { abierto: '8 a 20 h' }, 'abrimos de 8 de la mañana a 8 de la noche.', 'abrimos de 9 de la mañana a 8 de la noche.'],
  ['nl-BE', { open: '9-12.30 u' }, 'we zijn open van 9 tot 12.30 uur.', 'we zijn open van 9 tot 13.30 uur.'],
  ['pt-PT', { dia: '2027-04-06' }, 'a consulta é a 6/4.', 'a consulta é a 7/4.'],
  ['ja-JP', { 日付: '2027-04-06' }, '予約は4/6です。', '予約は4/7です。'],
  ['nl-NL', { dozen: 35 }, 'we brengen 35 dozen.', 'we brengen 53 dozen.'],
  ['tr-TR', { saat: '14:00' }, "saat 14.00'ten sonra gelin.", "saat 15.00'ten sonra gelin."],
  ['ko-KR', { 가격: 15000, currency: 'KRW' }, '1매당 15,000원입니다.', '1매당 12,000원입니다.'],
  ['en-GB', { under_5s_free: true }, 'under-5s go free.', 'under-6s go free.'],
  ['de-CH', { abo_10: 890, waehrung: 'CHF' }, 'das 10er-Abo kostet CHF 890.-', 'das 12er-Abo kostet CHF 890.-'],
  ['fr-FR', { prix: 3.9, devise: 'EUR' }, 'le repas coûte 3 euros 90.', 'le repas coûte 3 euros 80.'],
  ['en-US', { balance: -212.08, currency: 'USD' }, 'your balance is -$212.08.', 'your balance is -$221.08.'],
  ['fr-BE', { devis: { pieces: 212.4, devise: 'EUR' } }, 'les pièces : 212,40 €.', 'les pièces : 221,40 €.'],
  ['zh-CN', { rate_per_m2_month: 2.6, currency: 'CNY' }, '每平方米每月2.6元。', '每平方米每月6.2元。'],
  ['it-IT', { arrivo: '11:05' }, 'arriva alle 11.05.', 'arriva alle 11.15.'],
  ['pt-PT', { horario: '7h00–13h00' }, 'entre as 7h e as 13h.', 'entre as 8h e as 13h.'],
  ['en-GB', { shifts: ['2027-12-06', '2027-12-13'] }, 'Monday 6 and Monday 13 December.', 'Monday 7 and Monday 13 December.'],
  ['es-MX', { sale: '2027-08-19', llega: '2027-08-22' }, 'sale el 19 de agosto y llega el 22.', 'sale el 19 de agosto y llega el 23.'],
  ['pl-PL', { do: '2027-04-24T20:00:00+02:00' }, 'do 24 kwietnia, do godziny 20.', 'do 24 kwietnia, do godziny 21.'],
  ['pt-PT', { sala: '3.2' }, 'o encontro é na sala 3.2.', 'o encontro é na sala 3.4.'],
  ['ru-RU', { dney: 2 }, 'результаты будут через два дня.', 'результаты будут через три дня.'],
  ['ar-EG', { from: '10:00', to: '14:00' }, 'بين الساعة 10 صباحاً و2 ظهراً.', 'بين الساعة 10 صباحاً و3 ظهراً.'],
  ['ru-RU', { telefon: '+74950000112' }, 'телефон: 8 495 000-01-12.', 'телефон: 8 495 000-01-21.'],
  ['zh-CN', { 月份: '2027-08' }, '8月物业费。', '9月物业费。'],
  ['en-GB', { pay: { from: 31000, to: 34500, currency: 'GBP' } }, 'from 31 to 34.5 thousand pounds.', 'from 32 to 34.5 thousand pounds.'],
  ['uk-UA', { площа_м2: 63.4 }, 'площа 63,4 м².', 'площа 64,3 м².'],
  ['es-ES', { empresa: 'Clínica Mar', desde: '2021' }, 'en la Clínica Mar de 2021.', 'en la Clínica Mar de 2023.'],
  ['fr-FR', { garantie_mois: 24 }, 'le dépôt de garantie et une garantie de 24 mois.', 'nous vous promettons 24 mois.'],
  ['pl-PL', { godz: '18:30' }, 'o wpół do siódmej wieczorem.', 'o wpół do ósmej wieczorem.'],
  ['it-IT', { piano: 2, ora: '17:20' }, 'al secondo piano alle cinque e venti del pomeriggio.', 'al terzo piano alle cinque e venti del pomeriggio.'],
  ['pl-PL', { pietro: 1 }, 'na pierwszym piętrze.', 'na drugim piętrze.'],
  ['fr-FR', { duree_min: 150 }, 'comptez deux heures et demie.', 'comptez trois heures et demie.'],
  ['de-CH', { dauer_h: 2.5 }, 'das dauert zweieinhalb Stunden.', 'das dauert dreieinhalb Stunden.'],
  ['ja-JP', { 所要分: 120 }, '所要時間は約2時間です。', '所要時間は約3時間です。'],
  ['sv-SE', { garanti_manader: 12 }, 'tolv månaders garanti.', 'sex månaders garanti.'],
  ['ja-JP', { 駐車場: { 台数: 3, 無料: true } }, '無料の駐車場が3台分ございます。', '無料の駐車場が5台分ございます。'],
  ['pt-BR', { noites: 4, viajantes: 2 }, 'quatro noites na pousada para duas pessoas.', 'cinco noites na pousada para duas pessoas.'],
  ['en-GB', { from: '10:00', to: '11:30' }, 'between ten and half past eleven.', 'between ten and half past twelve.'],
  ['de-AT', { zeit: '05:45' }, 'um Viertel vor sechs am Parkplatz.', 'um Viertel vor sieben am Parkplatz.'],
  ['nl-NL', { tijd: '15:40' }, 'om tien over half vier.', 'om vijf over half vier.'],
  ['de-DE', { zeit: '15:25' }, 'um fünf vor halb vier.', 'um fünf nach halb vier.'],
  ['en-GB', { unit: { size_sq_ft: 75, floor: 2 } }, 'your 75 sq ft unit is on floor 2.', 'your 75 sq ft unit is on floor 3.'],
  ['en-GB', { food_cert_missing: true }, 'we still need your food certificate.', 'we have 3 copies of your food certificate.'],
])('in %s, %j proves %j and not %j', (language, facts, right, wrong) => {
  expect(brokenRules(right, facts, { language })).toEqual([]);
  expect(brokenRules(wrong, facts, { language })).not.toEqual([]);
});

test('a part of a code or of a telephone number proves nothing by standing there', () => {
  expect(brokenRules('your code is 558.', { order: 'FN-558-120' })).toEqual(['unknown_number']);
  expect(brokenRules('your code is 960.', { phone: '01632 960 818' })).toEqual(['unknown_number']);
});

test('a figure of another kind proves nothing by standing there', () => {
  expect(brokenRules('you have 150 points.', { note: 'The fare is £150 for all' })).toEqual(['unknown_number']);
  expect(brokenRules('you have 150 points.', { note: 'A tip of 150% was added' })).toEqual(['unknown_number']);
});
