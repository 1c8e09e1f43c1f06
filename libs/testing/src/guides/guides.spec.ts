import { describe, expect, it } from '@jest/globals';
import { differences, expectedAnswer, type Variables } from './answer-pattern.js';
import { executedCode, guideExamples, requestOf } from './guide-examples.js';

const page = (code: string, language = 'sh') => `# Title\n\n\`\`\`${language}\n${code}\n\`\`\`\nText\n`;
const requestIn = (code: string, values: Record<string, string> = {}) => {
  const [example] = guideExamples(page(`${code}\n# 200`));
  return requestOf(example!, (name) => values[name]);
};

describe('an example', () => {
  it('is a call by curl, with variables, and the answer behind it', () => {
    const code = [
      `curl -s "$URL/api/v1/comments" -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`,
      `  -d '{"clientId":"'$CLIENT'","text":"it costs $5 # not a comment"}'`,
      `# 201 {"id":"$COMMENT", …}`,
      `# location: /api/v1/comments/$COMMENT`,
      `curl -s -X DELETE $URL/x   # 204`,
    ].join('\n');
    const [first, second, ...more] = guideExamples(page(code));
    const values = new Map(Object.entries({ URL: 'http://a', TOKEN: 't', CLIENT: 'c' }));
    expect(requestOf(first!, (name) => values.get(name))).toEqual({
      method: 'POST',
      url: 'http://a/api/v1/comments',
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body: '{"clientId":"c","text":"it costs $5 # not a comment"}',
    });
    expect(first).toMatchObject({
      line: 4,
      expected: {
        status: 201,
        headers: { location: '/api/v1/comments/$COMMENT' },
        body: { id: '$COMMENT', '…': '…' },
      },
    });
    expect([second?.line, second?.method, second?.expected]).toEqual([8, 'DELETE', { status: 204, headers: {} }]);
    expect(more).toEqual([]);
  });

  it('sends what curl would: a form unless it says otherwise, a body over several lines as it stands', () => {
    expect(requestIn(`curl -s http://a -d '{\n}'`)).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '{\n}',
    });
    expect(requestIn('curl -s http://a')).toMatchObject({ method: 'GET', headers: {}, body: undefined });
  });

  it.each([
    ['another program', 'wget http://a\n# 200', /curl/],
    ['no answer', 'curl -s http://a', /what it answers/],
    ['an answer that is no JSON', 'curl -s http://a\n# 200 {', /JSON/],
    ['an option that nobody carries out', 'curl -s --data-binary @file http://a\n# 200', /without --data-binary/],
    ['two addresses', 'curl -s http://a http://b\n# 200', /one address/],
    ['a pipe', 'curl -s http://a | jq\n# 200', /without this: \| jq/],
    ['a quote that does not end', `curl -s 'http://a\n# 200`, /without this: '/],
    ['a substitution', 'curl -s "$(cat url)"\n# 200', /No variable/],
    ['an answer to nothing', '# 200', /belongs to no command/],
  ])('with %s is refused, and its line is told', (_, code, message) => {
    expect(() => guideExamples(page(code))).toThrow(message);
    expect(() => guideExamples(page(code))).toThrow(/^Line 4 of the page/);
  });

  it('is told from what is only shown by its mark, and everything has a mark', () => {
    expect(guideExamples(page('{"a":', 'json') + page('anything', 'text'))).toEqual([]);
    expect(() => guideExamples(page('curl http://a', ''))).toThrow(/Line 4 of the page: A block is sh, json or text/);
    expect(() => guideExamples('```sh\ncurl')).toThrow(/does not end/);
    expect(executedCode(page('one') + page('{}', 'json') + page('two'))).toEqual(['one', 'two']);
  });

  it('with a variable that has no value is not sent', () => {
    expect(() => requestIn('curl -s $URL')).toThrow('$URL has no value here');
  });
});

describe('an answer', () => {
  const compare = (pattern: string, actual: unknown, variables: Variables = new Map()) =>
    differences(expectedAnswer([`200 ${pattern}`]).body, actual, variables);

  it('is as the example says, where that says something', () => {
    const actual = { id: 'x1', key: 'sdk_abc', list: [1, { a: null }], more: true };
    expect(compare('{"id":"…","key":"sdk_…","list":[1, {"a":null}],"more":true}', actual)).toEqual([]);
    expect(compare('{"key":"…", …}', actual)).toEqual([]);
    expect(compare('{"id":…,"list":[1, …], …}', actual)).toEqual([]);
    expect(compare('{"list":[…],"more":…, …}', actual)).toEqual([]);
    expect(compare('{"list":[1,2], "more":"true", …}', actual)).toEqual([
      '.list[1]: 2 was expected, {"a":null} came',
      '.more: "true" was expected, true came',
    ]);
    expect(compare('{"id":"x1","key":"abc…","other":1}', actual)).toEqual([
      '.list is not mentioned',
      '.more is not mentioned',
      '.key: "abc…" was expected, "sdk_abc" came',
      '.other is missing',
    ]);
    expect(compare('{"list":[1], …}', actual)).toHaveLength(1);
    expect(compare('[…]', actual)).toHaveLength(1);
    expect(compare('{…}', [])).toHaveLength(1);
    expect(compare('{"a":{…}}', { a: null })).toHaveLength(1);
  });

  it('gives names to values, which must be the same from then on', () => {
    const variables: Variables = new Map();
    expect(compare('{"id":"$ID","n":$N}', { id: 'a', n: 7 }, variables)).toEqual([]);
    expect([...variables]).toEqual([
      ['ID', 'a'],
      ['N', '7'],
    ]);
    expect(compare('{"path":"/x/$ID/y"}', { path: '/x/a/y' }, variables)).toEqual([]);
    expect(compare('{"id":"$ID"}', { id: 'b' }, variables)).toHaveLength(1);
    expect(compare('{"path":"/x/$OTHER"}', { path: '/x/a' }, variables)).toHaveLength(1);
    expect(compare('{"id":"$NEW"}', { id: { a: 1 } }, variables)).toHaveLength(1);
  });
});
