import { readOptOutCommand } from '../../src/receipts/stop-words';

test.each([
  'STOP',
  'stop',
  'Stop',
  ' stop ',
  'STOP.',
  '"Stop!"',
  '\u200eSTOP\u200f',
  'ＳＴＯＰ',
  'stop\n',
  '🛑 stop 🛑',
  'STOPALL',
  'stop all',
  'Stop-All',
  'unsubscribe',
  'END',
  'quit',
  'revoke',
  'OPTOUT',
  'opt out',
  'opt-out',
  'Opt\u2010out',
  'cancel',
])('"%s" asks for no more messages', (text) => {
  expect(readOptOutCommand(text)).toBe('stop');
});

test.each(['START', 'start', ' Start! ', 'unstop', '(UNSTOP)'])('"%s" lifts that', (text) => {
  expect(readOptOutCommand(text)).toBe('start');
});

test.each([
  'Stop by at five',
  'Please stop',
  'non stop',
  'bus stop',
  'the end',
  'I quit my job in May',
  'cancel my interview',
  'stopped',
  'YES',
  'yes',
  'start now',
  'un-stop',
  're start',
  '',
  '...',
  'stop start',
  'START STOP',
  'endet',
  '5',
])('"%s" is a reply', (text) => {
  expect(readOptOutCommand(text)).toBeUndefined();
});
