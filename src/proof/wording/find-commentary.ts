import { lazyPattern } from '../claims/lazy-pattern';
import type { FoundWords } from './find-promises';

/** What a model calls the words that it was asked for, by language. */
const OBJECTS = 'sentence|text|message|value|reply|answer|draft|translation|version|paragraph|wording|rewrite|summary|'
  + 'satz|nachricht|antwort|entwurf|texte|phrase|réponse|texto|frase|mensaje|respuesta|testo|messaggio|risposta|'
  + 'mensagem|resposta|zin|tekst|bericht|antwoord|zdanie|wiadomość|odpowiedź|texten|meningen|meddelandet|svaret|'
  + 'metin|cümle|mesaj|текст|сообщение|предложение|ответ';
const HERE = 'here(?:\'s| is| are| comes)|hier (?:ist|sind|is|kommt)|voici|voilà|aquí (?:está|tiene|va)|ecco|'
  + 'aqui (?:está|vai)|oto|här är|her er|işte|вот';
const AGREES = 'of course|sure(?: thing)?|certainly|absolutely|gladly|okay|understood|as requested|as instructed|'
  + 'natürlich|gerne|bien sûr|claro(?: que sí)?|por supuesto|certo|certamente|com certeza|natuurlijk|oczywiście|'
  + 'självklart|tabii|конечно';

/** Talk about the task instead of the words that it asks for. */
const COMMENTARY = lazyPattern(() => new RegExp(
  [
    `^["' ]*(?:${AGREES})[!,.: -]+(?:${HERE}|i (?:have|can|will))(?!\\p{L})`,
    `(?<!\\p{L})(?:${HERE}) (?:\\p{L}{1,5} )?(?:\\p{L}{1,14} )?(?:${OBJECTS})(?!\\p{L})[^.!?\\n]{0,40}:`,
    `(?<!\\p{L})(?:as an? ai|as a language model|i(?:'m| am) an? (?:ai|language model|assistant)|als ki|en tant qu'ia|`
      + 'como ia|come ia)(?!\\p{L})',
    '(?<!\\p{L})(?:(?:based on|according to|from|using|in) the (?:given |provided |supplied |available )?(?:facts|json)|'
      + 'the (?:given |provided |supplied )(?:facts|data|information|context)|'
      + 'the facts (?:say|state|do not|don\'t|given|provided|contain))(?!\\p{L})',
    '(?<!\\p{L})(?:the (?:placeholder|prompt|system message)|(?:this|the) (?:template )?variable|'
      + 'max_length|character limit|project_data|recipient_data|company_data)(?!\\p{L})',
    '(?<!\\p{L})(?:i (?:was|am|have been) (?:told|asked|instructed|not allowed)|my instructions|'
      + 'i (?:cannot|can\'t) (?:write|generate|fulfil|comply))(?!\\p{L})',
    '^(?:以下是|以下の?(?:文|メッセージ)|当然[!,，!。]|好的[,，!!].{0,4}(?:这是|以下))',
  ].join('|'),
  'giu',
));

/** Where a text speaks of how it was made. */
export function commentary(text: string): readonly FoundWords[] {
  return [...text.matchAll(COMMENTARY())]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
