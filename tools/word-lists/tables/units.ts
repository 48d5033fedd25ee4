/**
 * Units that a number may count, each with the words and abbreviations for it in the languages that the proof reads, in
 * small letters. The first
 * seven are lengths of time.
 */
export const WORDS_OF_UNITS: Readonly<Record<string, string>> = {
  second:
    'second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi sekund sekunder '
      + 'saniye секунд секунды секунда 秒 초',
  minute:
    'minute minutes min mins minuten minuto minutos minuti minuut minuta minuty minut minuter minutter dakika dk '
      + 'минут минуты минута мин хвилин 分 分钟 分鐘 分間 분 دقيقة دقائق मिनट perc',
  hour: 'hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren godzina godziny godzin '
    + 'godz timme timmar time timer saat час часа часов ч годин години 小时 小時 时间 時間 시간 ساعة ساعات घंटे óra',
  day: 'day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dagar dage dni dzień gün день '
    + 'дня дней дні днів 天 日 日間 일 يوم أيام दिन nap den dny dnů',
  week: 'week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken tydzień tygodnie '
    + 'tygodni vecka veckor uge uger uke uker hafta неделя недели недель 周 週 週間 주 أسبوع أسابيع',
  month:
    'month months monat monate monaten mois mes meses mese mesi mês maand maanden miesiąc miesiące miesięcy månad '
      + 'månader mies мес måned måneder ay месяц месяца месяцев 个月 個月 か月 ヶ月 ヵ月 개월 شهر أشهر',
  year: 'year years yr yrs jahr jahre jahren an ans année années año años anno anni ano anos jaar jaren rok lata '
    + 'lat år yıl год года лет 年 年間 년 سنة سنوات',
  night:
    'night nights nacht nächte nächten nuit nuits noche noches notte notti noite noites nachten noc noce nocy natt '
      + 'nätter nat nætter netter gece ночь ночи ночей 晚 泊 박 ليلة ليال',
  kilometre:
    'km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros chilometro chilometri '
      + 'quilómetro quilómetros километр километров км 公里 킬로미터',
  metre: 'm metre metres meter meters mètre mètres metro metros metri метр метров 米 미터',
  centimetre: 'cm centimetre centimetres centimeter centimeters zentimeter centimètre centimètres',
  mile: 'mile miles mi meile meilen',
  kilogram:
    'kg kgs kilo kilos kilogram kilograms kilogramm kilogrammes kilogramo kilogramos кг килограмм 公斤 千克 킬로',
  gram: 'g gram grams gramm gramme grammes gramo gramos grammi',
  milligram: 'mg milligram milligrams milligramm',
  pound: 'lb lbs',
  litre: 'l litre litres liter liters litro litros litri литр литров',
  millilitre: 'ml millilitre millilitres milliliter',
  degree: 'degree degrees grad degrés degré grados gradi graus graden stopni grader derece градусов',
  square_metre: 'm2 m² sqm quadratmeter 平米 坪',
  kilowatt_hour: 'kwh kilowattstunden',
  megabit: 'mbps mbit',
  gigabyte: 'gb gigabyte gigabytes',
  megabyte: 'mb megabyte megabytes',
  bar: 'bar',
  person:
    'people persons person personen personnes personne personas persone pessoas persoon mensen osób osoby personer '
      + 'kişi человек 人 명 أشخاص guests guest',
  bedroom: 'bedroom bedrooms schlafzimmer chambres habitaciones',
  room: 'rooms zimmer pièces pièce',
  point: 'points punkte puntos punti pontos punten',
};
