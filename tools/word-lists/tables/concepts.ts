/**
 * Words that say the same of a figure, in several languages: a fare `departs` where a value says that the ferry leaves.
 */
export const CONCEPTS: Readonly<Record<string, string>> = {
  begin:
    'start starts started starting begin begins beginning began from since open opens opening opened commence von '
      + 'ab beginn beginnt anfang inicio empieza comienza desde inicia debut commence depuis inizio inizia dal '
      + 'dalle dal começa inicio desde van begint vanaf poczatek od start startar borjar fra от с начало',
  end: 'end ends ended ending until till to close closes closing closed finish finishes expires expire expiry bis '
    + 'ende endet endet hasta fin termina finaliza jusqu fin finit fine finisce al alle fim termina ate tot eind '
    + 'eindigt koniec do slut slutar til до конец curfew',
  depart:
    'depart departs departure departing leave leaves leaving sets abfahrt abflug faehrt salida sale depart part '
      + 'partenza parte partida vertrek vertrekt odjazd avgang',
  arrive:
    'arrive arrives arrival arriving land lands landing reach reaches back return returns ankunft kommt llega '
      + 'llegada arrivee arrive arrivo arriva chegada chega aankomst przyjazd ankomst',
  price:
    'price priced cost costs costing charge charged fee fees preis kostet kosten gebuhr precio cuesta coste prix '
      + 'coute tarif prezzo costa preco custa prijs kost cena kosztuje pris kostar ucret fiyat цена стоит',
  least: 'min minimum least lowest from start starts begin begins between mindestens ab von minimo',
  most: 'max maximum most highest to up limit hochstens bis maximo',
  before: 'from previous previously before earlier prior last old vorher bisher alt anterior precedent ancien viejo vecchio velho was van oud stary poprzedni dotychczas gammal tidigare eski von da de do',
  now: 'to current currently now new latest neu neue neuer actual actuel nouveau nuevo nuovo novo naar nieuw nowy obecnie ny nytt yeni auf jetzt kunftig',
  issue: 'issued issue invoiced dated billed ausgestellt emitida emise',
  due: 'due payable deadline fallig vence echeance scadenza',
  pay: 'pay paid pays paying payment payments bezahlt zahlung zahlen gezahlt paga pagado pago paye paiement pagato '
    + 'pagamento betaald betaling zaplacono betald odendi',
  receive: 'received receive got have has arrived erhalten recu recibido ricevuto recebido ontvangen otrzymalismy',
  signed: 'signed sign signature unterschrieben signe firmado firmato',
  include: 'included include includes including enthalten inclus incluido incluso inbegrepen',
  require: 'required require need needs needed necessary must erforderlich notig necesario',
  fast: 'fasting fast nuchtern ayuno ayunas digiuno',
  refund: 'refund refunded refundable reembolsable erstattbar',
  year: 'yearly annual annually year years jahr jahrlich anual annuel annuale',
  month: 'monthly month months monat monatlich mensual mensuel mensile mensal maand',
  week: 'weekly week weeks woche wochentlich semanal hebdomadaire',
  day: 'daily day days tag taglich diario quotidien giorno',
  hour: 'hourly hour hours duration takes lasts dauer dauert dura duree durata',
  down: 'download down downloads',
  up: 'upload up uploads',
  left: 'remaining remain remains left free rest ubrig restantes restants rimasti 剩余 还剩',
  taken: 'taken booked used sold vergeben',
  length: 'distance long length away far entfernung strecke distancia',
  total: 'total altogether sum overall gesamt insgesamt totaal 总数 共有',
  rent: 'rent miete alquiler loyer affitto renda huur monthly',
  enter: 'doors entry admission einlass insläpp inslapp',
  room: 'room zimmer raum kabinett кабинете кабинет',
  weigh: 'weighs weight heavy wiegt pesa pese',
  age: 'old age aged alt',
};

/** What an amount is for, in several languages, without accents. */
export const PERIODS: Readonly<Record<string, string>> = {
  hour: 'hour hourly stunde stundlich heure hora ora uur godzine timme time saat час 小时 小時 時間 시간',
  day: 'day daily tag taglich jour dia giorno dag dzien dobe gun день 天 日 일 يوم',
  night: 'night nacht nuit noche notte noite noc nacht natt gece ночь 晚 泊 박 ليلة',
  week: 'week weekly pw woche wochentlich semaine semana settimana tydzien vecka hafta неделю 周 週 주 أسبوع',
  month: 'month monthly pcm monat monatlich mois mensuel mensual mes mese mensile mensal maand maandelijks miesiac '
    + 'miesiecznie manad manaden ay aylik месяц 月 월 شهر',
  quarter: 'quarter quarterly quartal trimestre kwartaal kwartal kvartal ceyrek квартал 季度',
  year: 'year yearly annual annually annum pa jahr jahrlich an annee annuel ano anual anno annuale jaar jaarlijks rok '
    + 'rocznie ar arlig yil yillik год 年 년 سنة',
};
