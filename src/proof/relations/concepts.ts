import { plainWord } from '../names/vocabulary';

/**
 * Words that say the same of a figure, in several languages: a fare `departs` where a value says that the ferry leaves.
 */
const CONCEPTS: Readonly<Record<string, string>> = {
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

const BY_WORD: ReadonlyMap<string, readonly string[]> = (() => {
  const map = new Map<string, string[]>();
  for (const [concept, words] of Object.entries(CONCEPTS)) {
    for (const word of words.split(' ')) map.set(word, [...(map.get(word) ?? []), concept]);
  }
  return map;
})();

/** Words that say nothing of what a figure is about. */
const EMPTY_WORDS = new Set(
  (
    'the a an out is are was were be been will would can could may of in on at for with by and or but your our you '
    + 'we us it its this that these there here please has have had not no so as than then der die das den dem des '
    + 'ein eine einen ' +
    'ist sind und oder mit fur ihr ihre wir sie le la les un une est et pour avec votre el los las una es son y '
    + 'para con su il lo gli e per suo o os as um uma de em com seu het een en voor met uw your which what also '
    + 'only just ' +
    'all both each name id number value amount currency data info details item items list project company'
  ).split(' '),
);

/** `check_in` and "check in" are one word each, or the little word that separates them is lost. */
const COMPOUND = /\b(check|sign|drop|pick|move|log)[ _-](in|out|off|up)\b/giu;

/** The words of a text that may say what a figure is about. */
export function tellingWords(text: string): readonly string[] {
  return (text.replace(COMPOUND, '$1$2').match(/[\p{L}\p{M}]+/gu) ?? [])
    .map(plainWord)
    .filter((word) => !EMPTY_WORDS.has(word) && (word.length > 1 || /[^\u0000-\u024F]/u.test(word)));
}

/** How well two words agree: one for the same word in any form, a little less for the same meaning. */
export function agreement(one: string, other: string): number {
  if (one === other) return 1;
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  if (shared >= 4 && shared >= Math.min(one.length, other.length) - 2) return 1;
  // Abbreviations: `sab` for "sabato", `max` for "maximum".
  if (shared === 3 && Math.min(one.length, other.length) === 3) return 0.8;
  if (shared >= 3 && Math.max(one.length, other.length) - shared <= 1) return 1;
  // Scripts without spaces: one is part of the other.
  if (
    /[\u3040-\uD7AF]/u.test(one) &&
    one.length > 1 &&
    other.length > 1 &&
    (one.includes(other) || other.includes(one))
  ) {
    return 1;
  }
  const concepts = BY_WORD.get(one);
  return concepts && BY_WORD.get(other)?.some((concept) => concepts.includes(concept)) ? 0.8 : 0;
}
