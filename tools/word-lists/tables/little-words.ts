/** The commonest little words of each language, without accents; by them a text is recognised. */
export const LITTLE_WORDS: Readonly<Record<string, string>> = {
  en: 'the and is are was were you your we our to of for with at on in this that it be will have has from by not as '
    + 'please can if or but they there an us until before after no any all been would when',
  de: 'der die das den dem des und ist sind war wir sie ihr ihre ihren ihrem ihnen ein eine einen einem einer mit von '
    + 'zu zum zur auf fur nicht bei am im um bitte haben hat wird werden kann konnen als auch nach bis oder unser uns',
  fr: 'le la les des du et est sont vous votre vos nous notre un une dans pour avec sur au aux ce cet cette ces pas ne '
    + 'que qui de en se a ont sera serez avez par plus il elle merci bonnes ete',
  es: 'el la los las y a de es son su sus usted nosotros nuestro nuestra un una en para con por del al que no se de ha han '
    + 'esta estan sera puede le ya hay o si lo tiene mas hasta desde',
  it: 'il la lo i gli le e sono suo sua suoi voi noi nostro nostra un una in per con su del della dei alle alla al che '
    + 'non si di ha hanno sara puo da nel nella ci piu fino dal dalle',
  pt: 'o a os as e sao seu sua voce nos nosso nossa um uma em para com por do da dos das no na ao que nao se de tem '
    + 'sera pode ate esta estao foi mais ou ja pelo pela lhe',
  nl: 'de het een en is zijn u uw wij we ons onze in voor met op van te niet bij om aan dat die deze dit heeft hebben '
    + 'wordt kan kunt tot als ook naar nog er of maar graag',
  pl: 'i w na z do jest sa panstwa pan pani nie sie ze o od dla po za ma oraz to bedzie przez lub prosimy pana moze '
    + 'mozna jako przy aby nasz nasze czy',
  sv: 'och ar att i pa for med av den det en ett du din ditt dina vi var vart till inte har som kan om fran ska blir '
    + 'eller ni er era vid efter kl',
  da: 'og er at i pa for med af den det en et du din dit dine vi vores til ikke har som kan om fra skal bliver eller '
    + 'ved efter kl jeres',
  nb: 'og er at i pa for med av den det en et du din ditt dine vi var vart til ikke har som kan om fra skal blir eller '
    + 'ved etter kl deres',
  tr: 've bir bu icin ile siz size sizi sizin biz bize da de mi olarak icin olan var yok saat gun kadar lutfen daha '
    + 'sonra once',
};
