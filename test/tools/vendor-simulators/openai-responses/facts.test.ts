import { readFacts } from '../../../../tools/vendor-simulators/openai-responses/facts';

describe('reading the facts of an input', () => {
  it('finds the JSON block among other words and flattens it', () => {
    const facts = readFacts('The facts: {"person":{"first_name":"Ada"},"age":36,"active":true,"none":null} End.');
    expect(facts).toEqual([{ path: ['person', 'first_name'], text: 'Ada' }, { path: ['age'], text: '36' }]);
  });

  it('joins lists of plain values and goes into lists of objects', () => {
    expect(readFacts('{"points":["a gap","a title"],"jobs":[{"name":"nurse"},{"name":"carer"}],"empty":[]}')).toEqual([
      { path: ['points'], text: 'a gap; a title' },
      { path: ['jobs', '0', 'name'], text: 'nurse' },
      { path: ['jobs', '1', 'name'], text: 'carer' },
    ]);
  });

  it('is not misled by braces and quotes inside strings', () => {
    expect(readFacts('{"note":"a } and \\" and { inside"}')).toEqual([
      { path: ['note'], text: 'a } and " and { inside' },
    ]);
  });

  it('skips braces that open no JSON', () => {
    expect(readFacts('{{name}} wrote {"a":"b"}')).toEqual([{ path: ['a'], text: 'b' }]);
  });

  it('puts each fact on one line and leaves out blank ones', () => {
    expect(readFacts('{"a":" two\\n\\tlines ","b":"  "}')).toEqual([{ path: ['a'], text: 'two lines' }]);
  });

  it.each(['', 'no facts here', '{ never closed', '[1]'])('finds none in %p', (input) => {
    expect(readFacts(input)).toEqual([]);
  });
});
