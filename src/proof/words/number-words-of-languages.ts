// Made by `npx projen word-lists` (tools/word-lists). Do not edit.

/** Number words by language (tools/word-lists/number-words.ts describes the form). */
export const NUMBER_WORDS_OF_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  de: [
    'zwei 2|drei 3|vier 4|fünf 5|sechs 6|sieben 7|acht 8|neun 9|zehn 10|elf 11|zwölf 12|dreizehn 13|vierzehn 14|f' +
    'ünfzehn 15|sechzehn 16|siebzehn 17|achtzehn 18|neunzehn 19|zwanzig 20|dreißig 30|vierzig 40|fünfzig 50|sechz' +
    'ig 60|siebzig 70|achtzig 80|neunzig 90|einhundert 100|zweihundert 200|dreihundert 300|vierhundert 400|fünfhu' +
    'ndert 500|sechshundert 600|siebenhundert 700|achthundert 800|neunhundert 900|eintausend 1000|zwo 2|hundert 1' +
    '00|tausend 1000|zweier 2|dreier 3|eins 1',
    'UundT',
    '',
    'eins|acht',
  ],
  fr: [
    'deux 2|trois 3|quatre 4|cinq 5|six 6|sept 7|huit 8|neuf 9|dix 10|onze 11|douze 12|treize 13|quatorze 14|quin' +
    'ze 15|seize 16|dix-sept 17|dix-huit 18|dix-neuf 19|vingt 20|trente 30|quarante 40|cinquante 50|soixante 60|s' +
    'oixante-dix 70|quatre-vingts 80|quatre-vingt-dix 90|cent 100|deux cents 200|trois cents 300|quatre cents 400' +
    '|cinq cents 500|six cents 600|sept cents 700|huit cents 800|neuf cents 900|mille 1000|un 1',
    'T-U',
    'vingt et un 21|trente et un 31|quarante et un 41|cinquante et un 51|soixante et un 61|soixante et onze 71|so' +
    'ixante-douze 72|soixante-treize 73|soixante-quatorze 74|soixante-quinze 75|soixante-seize 76|quatre-vingt-un' +
    ' 81|quatre-vingt-deux 82|quatre-vingt-trois 83|quatre-vingt-quatre 84|quatre-vingt-cinq 85|quatre-vingt-six ' +
    '86|quatre-vingt-sept 87|quatre-vingt-huit 88|quatre-vingt-neuf 89|quatre-vingt-onze 91|quatre-vingt-douze 92' +
    '|quatre-vingt-treize 93|quatre-vingt-quatorze 94|quatre-vingt-quinze 95|quatre-vingt-seize 96',
    'un|neuf|six|mille',
  ],
  es: [
    'dos 2|tres 3|cuatro 4|cinco 5|seis 6|siete 7|ocho 8|nueve 9|diez 10|once 11|doce 12|trece 13|catorce 14|quin' +
    'ce 15|dieciseis 16|diecisiete 17|dieciocho 18|diecinueve 19|veinte 20|treinta 30|cuarenta 40|cincuenta 50|se' +
    'senta 60|setenta 70|ochenta 80|noventa 90|cien 100|doscientos 200|trescientos 300|cuatrocientos 400|quinient' +
    'os 500|seiscientos 600|setecientos 700|ochocientos 800|novecientos 900|mil 1000|veintiún 21|veintiuna 21|cie' +
    'nto 100|doscientas 200|trescientas 300|quinientas 500|uno 1',
    'T y U',
    'veintiuno 21|veintidós 22|veintitrés 23|veinticuatro 24|veinticinco 25|veintiséis 26|veintisiete 27|veintioc' +
    'ho 28|veintinueve 29',
    'uno|once|mil',
  ],
  it: [
    'due 2|tre 3|quattro 4|cinque 5|sei 6|sette 7|otto 8|nove 9|dieci 10|undici 11|dodici 12|tredici 13|quattordi' +
    'ci 14|quindici 15|sedici 16|diciassette 17|diciotto 18|diciannove 19|venti 20|trenta 30|quaranta 40|cinquant' +
    'a 50|sessanta 60|settanta 70|ottanta 80|novanta 90|cento 100|duecento 200|trecento 300|quattrocento 400|cinq' +
    'uecento 500|seicento 600|settecento 700|ottocento 800|novecento 900|mille 1000|tré 3|uno 1',
    'TU',
    'ventuno 21|ventitré 23|ventotto 28|trentuno 31|trentatré 33|trentotto 38|quarantuno 41|quarantatré 43|quaran' +
    'totto 48|cinquantuno 51|cinquantatré 53|cinquantotto 58|sessantuno 61|sessantatré 63|sessantotto 68|settantu' +
    'no 71|settantatré 73|settantotto 78|ottantuno 81|ottantatré 83|ottantotto 88|novantuno 91|novantatré 93|nova' +
    'ntotto 98',
    'uno|sei|sette',
  ],
  pt: [
    'dois 2|três 3|quatro 4|cinco 5|seis 6|sete 7|oito 8|nove 9|dez 10|onze 11|doze 12|treze 13|catorze 14|quinze' +
    ' 15|dezasseis 16|dezassete 17|dezoito 18|dezanove 19|vinte 20|trinta 30|quarenta 40|cinquenta 50|sessenta 60' +
    '|setenta 70|oitenta 80|noventa 90|cem 100|duzentos 200|trezentos 300|quatrocentos 400|quinhentos 500|seiscen' +
    'tos 600|setecentos 700|oitocentos 800|novecentos 900|mil 1000|duas 2|dezesseis 16|dezessete 17|dezenove 19|q' +
    'uatorze 14|cento 100|duzentas 200|trezentas 300|um 1',
    'T e U',
    '',
    'um|dois|mil|sete',
  ],
  nl: [
    'twee 2|drie 3|vier 4|vijf 5|zes 6|zeven 7|acht 8|negen 9|tien 10|elf 11|twaalf 12|dertien 13|veertien 14|vij' +
    'ftien 15|zestien 16|zeventien 17|achttien 18|negentien 19|twintig 20|dertig 30|veertig 40|vijftig 50|zestig ' +
    '60|zeventig 70|tachtig 80|negentig 90|honderd 100|tweehonderd 200|driehonderd 300|vierhonderd 400|vijfhonder' +
    'd 500|zeshonderd 600|zevenhonderd 700|achthonderd 800|negenhonderd 900|duizend 1000|één 1',
    'UenT',
    'tweeëntwintig 22|drieëntwintig 23|tweeëndertig 32|drieëndertig 33|tweeënveertig 42|drieënveertig 43|tweeënvi' +
    'jftig 52|drieënvijftig 53|tweeënzestig 62|drieënzestig 63|tweeënzeventig 72|drieënzeventig 73|tweeëntachtig ' +
    '82|drieëntachtig 83|tweeënnegentig 92|drieënnegentig 93',
    'één',
  ],
  pl: [
    'dwa 2|trzy 3|cztery 4|pięć 5|sześć 6|siedem 7|osiem 8|dziewięć 9|dziesięć 10|jedenaście 11|dwanaście 12|trzy' +
    'naście 13|czternaście 14|piętnaście 15|szesnaście 16|siedemnaście 17|osiemnaście 18|dziewiętnaście 19|dwadzi' +
    'eścia 20|trzydzieści 30|czterdzieści 40|pięćdziesiąt 50|sześćdziesiąt 60|siedemdziesiąt 70|osiemdziesiąt 80|' +
    'dziewięćdziesiąt 90|sto 100|dwieście 200|trzysta 300|czterysta 400|pięćset 500|sześćset 600|siedemset 700|os' +
    'iemset 800|dziewięćset 900|tysiąc 1000|dwie 2|dwóch 2|dwoje 2|trzech 3|czterech 4|pięciu 5|sześciu 6|siedmiu' +
    ' 7|ośmiu 8|dziewięciu 9|dziesięciu 10|dwunastu 12|czternastu 14|trzydziestu 30|jeden 1',
    'T U',
    '',
    'jeden',
  ],
  sv: [
    'två 2|tre 3|fyra 4|fem 5|sex 6|sju 7|åtta 8|nio 9|tio 10|elva 11|tolv 12|tretton 13|fjorton 14|femton 15|sex' +
    'ton 16|sjutton 17|arton 18|nitton 19|tjugo 20|trettio 30|fyrtio 40|femtio 50|sextio 60|sjuttio 70|åttio 80|n' +
    'ittio 90|hundra 100|två hundra 200|tre hundra 300|fyra hundra 400|fem hundra 500|sex hundra 600|sju hundra 7' +
    '00|åtta hundra 800|nio hundra 900|tusen 1000|tjugoen 21|tjugofem 25|tjugofyra 24|trettiofem 35|ett 1',
    'T-U',
    '',
    'ett|sex|fem|tio',
  ],
  da: [
    'to 2|tre 3|fire 4|fem 5|seks 6|syv 7|otte 8|ni 9|ti 10|elleve 11|tolv 12|tretten 13|fjorten 14|femten 15|sek' +
    'sten 16|sytten 17|atten 18|nitten 19|tyve 20|tredive 30|fyrre 40|halvtreds 50|treds 60|halvfjerds 70|firs 80' +
    '|halvfems 90|ethundrede 100|tohundrede 200|trehundrede 300|firehundrede 400|femhundrede 500|sekshundrede 600' +
    '|syvhundrede 700|ottehundrede 800|nihundrede 900|ettusind 1000|et 1',
    'UogT',
    'enogtyve 21|enogtredive 31|enogfyrre 41|enoghalvtreds 51|enogtreds 61|enoghalvfjerds 71|enogfirs 81|enoghalv' +
    'fems 91',
    'et|to|fire|tre',
  ],
  nb: [
    'to 2|tre 3|fire 4|fem 5|seks 6|syv 7|åtte 8|ni 9|ti 10|elleve 11|tolv 12|tretten 13|fjorten 14|femten 15|sek' +
    'sten 16|sytten 17|atten 18|nitten 19|tjue 20|tretti 30|førti 40|femti 50|seksti 60|sytti 70|åtti 80|nitti 90' +
    '|en hundre 100|to hundre 200|tre hundre 300|fire hundre 400|fem hundre 500|seks hundre 600|syv hundre 700|åt' +
    'te hundre 800|ni hundre 900|en tusen 1000|sju 7|trettiseks 36|en 1',
    'T-U',
    '',
    'en|to|tre',
  ],
  tr: [
    'iki 2|üç 3|dört 4|beş 5|altı 6|yedi 7|sekiz 8|dokuz 9|on 10|on bir 11|on iki 12|on üç 13|on dört 14|on beş 1' +
    '5|on altı 16|on yedi 17|on sekiz 18|on dokuz 19|yirmi 20|otuz 30|kırk 40|elli 50|altmış 60|yetmiş 70|seksen ' +
    '80|doksan 90|yüz 100|iki yüz 200|üç yüz 300|dört yüz 400|beş yüz 500|altı yüz 600|yedi yüz 700|sekiz yüz 800' +
    '|dokuz yüz 900|bin 1000|bir 1',
    'T U',
    '',
    'bir|on|altı|yedi|bin|kırk|yüz',
  ],
  ru: [
    'два 2|три 3|четыре 4|пять 5|шесть 6|семь 7|восемь 8|девять 9|десять 10|одиннадцать 11|двенадцать 12|тринадца' +
    'ть 13|четырнадцать 14|пятнадцать 15|шестнадцать 16|семнадцать 17|восемнадцать 18|девятнадцать 19|двадцать 20' +
    '|тридцать 30|сорок 40|пятьдесят 50|шестьдесят 60|семьдесят 70|восемьдесят 80|девяносто 90|сто 100|двести 200' +
    '|триста 300|четыреста 400|пятьсот 500|шестьсот 600|семьсот 700|восемьсот 800|девятьсот 900|одна тысяча 1000|' +
    'две 2|двух 2|двумя 2|трёх 3|трех 3|четырёх 4|четырех 4|пяти 5|шести 6|семи 7|восьми 8|девяти 9|десяти 10|две' +
    'надцати 12|двадцати 20|тридцати 30|тысяча 1000|один 1',
    'T U',
    '',
    'один',
  ],
  uk: [
    'два 2|три 3|чотири 4|п\'ять 5|шiсть 6|сiм 7|вiсiм 8|дев\'ять 9|десять 10|одинадцять 11|дванадцять 12|тринадцят' +
    'ь 13|чотирнадцять 14|п\'ятнадцять 15|шiстнадцять 16|сiмнадцять 17|вiсiмнадцять 18|дев\'ятнадцять 19|двадцять 2' +
    '0|тридцять 30|сорок 40|п\'ятдесят 50|шiстдесят 60|сiмдесят 70|вiсiмдесят 80|дев\'яносто 90|сто 100|двiстi 200|' +
    'триста 300|чотириста 400|п\'ятсот 500|шiстсот 600|сiмсот 700|вiсiмсот 800|дев\'ятсот 900|одна тисяча 1000|дві ' +
    '2|двох 2|трьох 3|сім 7|вісім 8|двадцяти 20|тисяча 1000|один 1',
    'T U',
    '',
    'один|сто',
  ],
  cs: [
    'dva 2|tři 3|čtyři 4|pět 5|šest 6|sedm 7|osm 8|devět 9|deset 10|jedenáct 11|dvanáct 12|třináct 13|čtrnáct 14|' +
    'patnáct 15|šestnáct 16|sedmnáct 17|osmnáct 18|devatenáct 19|dvacet 20|třicet 30|čtyřicet 40|padesát 50|šedes' +
    'át 60|sedmdesát 70|osmdesát 80|devadesát 90|sto 100|dvě stě 200|tři sta 300|čtyři sta 400|pět set 500|šest s' +
    'et 600|sedm set 700|osm set 800|devět set 900|tisíc 1000|dvě 2|dvou 2|tří 3|čtyř 4|pěti 5|šesti 6|sedmi 7|os' +
    'mi 8|devíti 9|deseti 10|dvanácti 12|čtrnácti 14|třiceti 30|jedna 1',
    'T U',
    '',
    'jedna',
  ],
  fi: [
    'kaksi 2|kolme 3|neljä 4|viisi 5|kuusi 6|seitsemän 7|kahdeksan 8|yhdeksän 9|kymmenen 10|yksitoista 11|kaksito' +
    'ista 12|kolmetoista 13|neljätoista 14|viisitoista 15|kuusitoista 16|seitsemäntoista 17|kahdeksantoista 18|yh' +
    'deksäntoista 19|kaksikymmentä 20|kolmekymmentä 30|neljäkymmentä 40|viisikymmentä 50|kuusikymmentä 60|seitsem' +
    'änkymmentä 70|kahdeksankymmentä 80|yhdeksänkymmentä 90|sata 100|kaksi sata 200|kolme sata 300|neljä sata 400' +
    '|viisi sata 500|kuusi sata 600|seitsemän sata 700|kahdeksan sata 800|yhdeksän sata 900|tuhat 1000|yksi 1',
    'TU',
    '',
    'yksi|sata',
  ],
  ro: [
    'doi 2|trei 3|patru 4|cinci 5|șase 6|șapte 7|opt 8|nouă 9|zece 10|unsprezece 11|douăsprezece 12|treisprezece ' +
    '13|paisprezece 14|cincisprezece 15|șaisprezece 16|șaptesprezece 17|optsprezece 18|nouăsprezece 19|douăzeci 2' +
    '0|treizeci 30|patruzeci 40|cincizeci 50|șaizeci 60|șaptezeci 70|optzeci 80|nouăzeci 90|o sută 100|două sute ' +
    '200|trei sute 300|patru sute 400|cinci sute 500|șase sute 600|șapte sute 700|opt sute 800|nouă sute 900|o mi' +
    'e 1000|două 2|doisprezece 12|unu 1',
    'T și U',
    '',
    'unu|șase|trei',
  ],
  hu: [
    'kettő 2|három 3|négy 4|öt 5|hat 6|hét 7|nyolc 8|kilenc 9|tíz 10|tizenegy 11|tizenkettő 12|tizenhárom 13|tize' +
    'nnégy 14|tizenöt 15|tizenhat 16|tizenhét 17|tizennyolc 18|tizenkilenc 19|húsz 20|harminc 30|negyven 40|ötven' +
    ' 50|hatvan 60|hetven 70|nyolcvan 80|kilencven 90|száz 100|kétszáz 200|háromszáz 300|négyszáz 400|ötszáz 500|' +
    'hatszáz 600|hétszáz 700|nyolcszáz 800|kilencszáz 900|ezer 1000|két 2|egy 1',
    'TU',
    'huszonegy 21|huszonkettő 22|huszonhárom 23|huszonnégy 24|huszonöt 25|huszonhat 26|huszonhét 27|huszonnyolc 2' +
    '8|huszonkilenc 29',
    'egy|hét|száz|ezer',
  ],
  el: [
    'δύο 2|τρία 3|τέσσερα 4|πέντε 5|έξι 6|επτά 7|οκτώ 8|εννέα 9|δέκα 10|έντεκα 11|δώδεκα 12|δεκατρία 13|δεκατέσσε' +
    'ρα 14|δεκαπέντε 15|δεκαέξι 16|δεκαεπτά 17|δεκαοκτώ 18|δεκαεννέα 19|είκοσι 20|τριάντα 30|σαράντα 40|πενήντα 5' +
    '0|εξήντα 60|εβδομήντα 70|ογδόντα 80|ενενήντα 90|εκατό 100|διακόσια 200|τριακόσια 300|τετρακόσια 400|πεντακόσ' +
    'ια 500|εξακόσια 600|επτακόσια 700|οκτακόσια 800|εννιακόσια 900|χίλια 1000|ένα 1',
    'T U',
    '',
    'ένα',
  ],
  ar: [
    'اثنان 2|ثلاثة 3|أربعة 4|خمسة 5|ستة 6|سبعة 7|ثمانية 8|تسعة 9|عشرة 10|أحد عشر 11|اثنا عشر 12|ثلاثة عشر 13|أربع' +
    'ة عشر 14|خمسة عشر 15|ستة عشر 16|سبعة عشر 17|ثمانية عشر 18|تسعة عشر 19|عشرون 20|ثلاثون 30|أربعون 40|خمسون 50|' +
    'ستون 60|سبعون 70|ثمانون 80|تسعون 90|مائة 100|مئتان 200|ثلاثمائة 300|أربعمائة 400|خمسمائة 500|ستمائة 600|سبعم' +
    'ائة 700|ثمانمائة 800|تسعمائة 900|ألف 1000|اثنين 2|اثنتين 2|ثلاث 3|أربع 4|خمس 5|ست 6|سبع 7|ثماني 8|تسع 9|عشر ' +
    '10|عشرين 20|ثلاثين 30|مئة 100|واحد 1',
    'U وT',
    '',
    'واحد|ست|مئة|عشر',
  ],
  ko: [
    '십 10|십일 11|십이 12|십삼 13|십사 14|십오 15|십육 16|십칠 17|십팔 18|십구 19|이십 20|삼십 30|사십 40|오십 50|육십 60|칠십 70|팔십 80|구십 90|백' +
    ' 100|이백 200|삼백 300|사백 400|오백 500|육백 600|칠백 700|팔백 800|구백 900|천 1000|두 2|세 3|네 4|다섯 5|여섯 6|일곱 7|여덟 8|아홉 9|열 1' +
    '0|열두 12|스무 20',
    'TU',
    '',
    '일|두|세|네|열',
  ],
  hi: [
    'दो 2|तीन 3|चार 4|पाँच 5|छह 6|सात 7|आठ 8|नौ 9|दस 10|ग्यारह 11|बारह 12|तेरह 13|चौदह 14|पंद्रह 15|सोलह 16|सत्रह' +
    ' 17|अठारह 18|उन्नीस 19|बीस 20|तीस 30|चालीस 40|पचास 50|साठ 60|सत्तर 70|अस्सी 80|नब्बे 90|एक सौ 100|दो सौ 200|' +
    'तीन सौ 300|चार सौ 400|पाँच सौ 500|छह सौ 600|सात सौ 700|आठ सौ 800|नौ सौ 900|एक हज़ार 1000|एक 1',
    'T U',
    'इक्कीस 21|बाईस 22|तेईस 23|चौबीस 24|पच्चीस 25|छब्बीस 26|सत्ताईस 27|अट्ठाईस 28|उनतीस 29|इकतीस 31|बत्तीस 32|तैं' +
    'तीस 33|चौंतीस 34|पैंतीस 35|छत्तीस 36|सैंतीस 37|अड़तीस 38|उनतालीस 39|इकतालीस 41|बयालीस 42|तेतालीस 43|चवालीस 4' +
    '4|पैंतालीस 45|छियालीस 46|सैंतालीस 47|अड़तालीस 48|उनचास 49|इक्यावन 51|बावन 52|तिरपन 53|चौवन 54|पचपन 55|छप्पन ' +
    '56|सत्तावन 57|अट्ठावन 58|उनसठ 59|इकसठ 61|बासठ 62|तिरसठ 63|चौंसठ 64|पैंसठ 65|छियासठ 66|सड़सठ 67|अड़सठ 68|उनहत' +
    '्तर 69|इकहत्तर 71|बहत्तर 72|तिहत्तर 73|चौहत्तर 74|पचहत्तर 75|छिहत्तर 76|सतहत्तर 77|अठहत्तर 78|उन्यासी 79|इक्' +
    'यासी 81|बयासी 82|तिरासी 83|चौरासी 84|पचासी 85|छियासी 86|सत्तासी 87|अट्ठासी 88|नवासी 89|इक्यानवे 91|बानवे 92|' +
    'तिरानवे 93|चौरानवे 94|पचानवे 95|छियानवे 96|सत्तानवे 97|अट्ठानवे 98|निन्यानवे 99',
    'एक|दो|सौ|नौ|छह',
  ],
  id: [
    'dua 2|tiga 3|empat 4|lima 5|enam 6|tujuh 7|delapan 8|sembilan 9|sepuluh 10|sebelas 11|dua belas 12|tiga bela' +
    's 13|empat belas 14|lima belas 15|enam belas 16|tujuh belas 17|delapan belas 18|sembilan belas 19|dua puluh ' +
    '20|tiga puluh 30|empat puluh 40|lima puluh 50|enam puluh 60|tujuh puluh 70|delapan puluh 80|sembilan puluh 9' +
    '0|seratus 100|dua ratus 200|tiga ratus 300|empat ratus 400|lima ratus 500|enam ratus 600|tujuh ratus 700|del' +
    'apan ratus 800|sembilan ratus 900|seribu 1000|satu 1',
    'T U',
    '',
    'satu|lima|enam',
  ],
  vi: [
    'hai 2|ba 3|bốn 4|năm 5|sáu 6|bảy 7|tám 8|chín 9|mười 10|mười một 11|mười hai 12|mười ba 13|mười bốn 14|mười ' +
    'lăm 15|mười sáu 16|mười bảy 17|mười tám 18|mười chín 19|hai mươi 20|ba mươi 30|bốn mươi 40|năm mươi 50|sáu m' +
    'ươi 60|bảy mươi 70|tám mươi 80|chín mươi 90|một trăm 100|hai trăm 200|ba trăm 300|bốn trăm 400|năm trăm 500|' +
    'sáu trăm 600|bảy trăm 700|tám trăm 800|chín trăm 900|một nghìn 1000|một 1',
    'T U',
    'hai mươi mốt 21|hai mươi lăm 25|ba mươi mốt 31|ba mươi lăm 35|bốn mươi mốt 41|bốn mươi lăm 45|năm mươi mốt 5' +
    '1|năm mươi lăm 55|sáu mươi mốt 61|sáu mươi lăm 65|bảy mươi mốt 71|bảy mươi lăm 75|tám mươi mốt 81|tám mươi l' +
    'ăm 85|chín mươi mốt 91|chín mươi lăm 95',
    'một|hai|ba|năm|sáu|tám|tư|mười|bốn|bảy|chín|nghìn',
  ],
};
