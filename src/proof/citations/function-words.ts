/**
 * Words that join others and greet, by language: they say nothing that a fact would have to say. Of four letters and
 * more.
 */
export const FUNCTION_WORDS: Readonly<Partial<Record<string, string>>> = {
  en:
    'about above after again against also although always among another around because been before being below ' +
    'between both could does doing down during each either else ever every from further gives have having here ' +
    'hello into itself just kind know latest like look made make many more most much must need next once only ' +
    'onto other over please point regarding same says seem seems should shows since some soon still such than ' +
    'thank thanks that their them then there these they this those through time together towards under until ' +
    'upon used very want were what when where whether which while whom whose will with within without word ' +
    'would your yours yourself dear regards best wishes tell explain clarify mention mentions state states list ' +
    'lists read understand understood clear unclear question questions reply answer short briefly help confirm ' +
    'correct right details detail information note notice writing wanted wonder wondering noticed found called ' +
    'gave given takes take place happens comes come goes going went',
  de:
    'aber teilen alle allem allen aller alles also andere anderen auch außerdem bald beide beiden beim bevor bitte ' +
    'bleibt dabei dafür damit dann daran darauf daraus darin darum dass davon dazu dein deine denn deren ' +
    'deshalb dessen dies diese diesem diesen dieser dieses doch dort durch eine einem einen einer eines einige ' +
    'erst etwa etwas falls fragen ganz gegen gern gerne gibt guten haben hallo hatte hier hinter ihnen ihre ' +
    'ihrem ihren ihrer ihres immer innerhalb jede jedem jeden jeder jedes jetzt kann kein keine können könnte ' +
    'könnten liebe lieber machen mehr mein meine mich möchten muss müssen nach nachdem neben nicht noch oder ' +
    'ohne schon sehr sein seine seit sich sind sobald soll sollen sollte sowie über unser unsere unserem ' +
    'unseren unserer unter viele vielen wann warum weil welche welchem welchen welcher welches wenn werden ' +
    'wieder wird wurde wurden zeigt zusammen zwischen danke dank grüße freundliche angabe angaben nennt steht ' +
    'stehen lautet liegt findet statt erklären mitteilen sagen wissen lassen bezüglich frage antwort kurz',
  fr:
    'afin ainsi alors après aucun aussi autre autres avant avec avez avoir avons beaucoup bien bonjour cela ' +
    'celle celui cependant cette ceux chaque chez comme comment dans depuis deux devez doit donc dont elle ' +
    'elles encore entre être faire fait faut leur leurs lors lorsque mais merci même moins monsieur madame ' +
    'notre nous parce pendant peut peuvent plus plusieurs pour pourquoi pourriez pouvez puis quand quel quelle ' +
    'quelles quels quoi sans sera seront seulement soit sommes sont sous tous tout toute toutes très vers ' +
    'veuillez voici voilà votre vous cordialement salutations cher chère indiquer préciser expliquer dire ' +
    'savoir indique concerne question réponse',
  es:
    'además ahora algo algún alguna antes aquel aquella aquí aunque bajo bien buenos cada como contra cual cuál ' +
    'cuales cualquier cuando cuándo cuanto desde donde dónde durante ella ellas ellos entre entonces esas esos ' +
    'está están estamos este esta estas esto estos haber había hacer hacia hasta hola luego mientras mismo ' +
    'mucho nada ningún nosotros nuestra nuestras nuestro nuestros otra otras otro otros para pero podría ' +
    'podrían poder puede pueden porque pues quien quién según será serán señor señora siempre sobre también ' +
    'tanto tiene tienen todo toda todos todas tras unas unos usted ustedes gracias saludos favor estimado ' +
    'estimada querido querida indicar aclarar explicar decir saber indica consta cuenta días',
  it:
    'alla alle allo anche ancora avere aveva avete abbiamo benché bene buongiorno caro cara ciao come contro ' +
    'cosa così dalla dalle dallo degli della delle dello dentro deve devono dopo dove durante ecco ella erano ' +
    'essere fare fatto fino gentile grazie hanno infatti inoltre loro mentre molto molti nella nelle nello ' +
    'niente nostra nostre nostri nostro ogni oppure perché perciò però potrebbe potrebbero possono prego presso ' +
    'prima proprio qual quale quali quando quanto quella quelle quelli quello questa queste questi questo ' +
    'quindi sarà saranno sono sopra sotto stata state stati stato sulla sulle suoi tutta tutte tutti tutto ' +
    'verso vostra vostro cordiali saluti spiegare chiarire indicare dire sapere indica risulta domanda risposta',
  pt:
    'ainda além algum alguma antes apenas após aquela aquele aqui assim cada caro cara como contra cuja cujo ' +
    'dela dele depois desde dessa desse desta deste dois durante elas eles enquanto entre essa essas esse esses ' +
    'esta está estão estas este estes estamos fazer foram havia isso isto mais mesmo minha muito muitos nada ' +
    'nossa nossas nosso nossos numa obrigado obrigada onde ontem outra outras outro outros para pela pelas pelo ' +
    'pelos pode podem poderia poderiam porque porquê pois quais qual quando quanto quem seja será serão seus ' +
    'sobre suas também temos toda todas todo todos tudo umas você vocês cumprimentos esclarecer explicar ' +
    'indicar dizer saber indica consta pergunta resposta',
  nl:
    'alle alleen altijd andere beide bent beste binnen daar daarom dank deze door doen eens elke enkele graag ' +
    'geeft geen goed goede hallo hebben hebt heeft heel hier iemand iets ieder iedere jouw jullie komen komt ' +
    'kunnen kunt laten maar maken meer mijn moet moeten mogen naar naast niet ofwel omdat onder onze over samen ' +
    'staat staan steeds tegen terug toch toen tussen vanaf veel verder vinden volgens voor vraag waar waarom ' +
    'wanneer want weer weet welke werd willen worden wordt zeer zich zijn zoals zonder zouden zullen groet ' +
    'groeten vriendelijke geachte uitleggen aangeven weten antwoord',
  pl:
    'albo bardzo będzie będą bowiem była było były dlaczego dlatego dnia dobry dziękujemy dzień gdyż gdzie inne ' +
    'innych jakie jaki jaka jako jednak jego jest jeszcze jeśli każdy każda kiedy która które którego której ' +
    'których który którym mamy mają może możemy mogą można między nasz nasza nasze naszej naszym nich nimi oraz ' +
    'pana pani panu panem państwa państwo podczas ponieważ potem prosimy proszę przed przede przez przy również ' +
    'swoje szanowna szanowny także tego tekst tutaj tych tylko wasz wasze więc wszystkie wszystko wyjaśnić ' +
    'witam został została zostało zostały żeby pozdrawiamy pozdrowienia pytanie odpowiedź podać napisać',
};
