import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '#domain/shared/app-error.js';
import { composeMail } from '#application/mail/compose-mail.js';
import { FakeSmtp, type SmtpStage, type SmtpTrouble } from '#testing/mail/fake-smtp.js';
import { SmtpMailTransport } from './smtp-mail-transport.js';

const ID = '01890000-0000-7000-8000-000000000001';
const content = composeMail({
  subject: 'Приглашение: «Ромашка» 🌼',
  paragraphs: ['Анна <script>зовёт</script> вас.'],
  action: { label: 'Принять', url: 'https://crm.example.com/invite/secret' },
});

let server: FakeSmtp;
beforeAll(async () => {
  server = await FakeSmtp.start();
});
afterEach(() => server.play());
afterAll(() => server.close());

const transport = (url = server.url, patienceMs = 5_000) =>
  new SmtpMailTransport({ url, from: 'Sdelka <crm@example.com>', patienceMs });

const codeOf = async (work: Promise<void>): Promise<string> => {
  try {
    await work;
    return 'delivered';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

const troubleAt = (stage: SmtpStage, trouble: SmtpTrouble) => server.play((at) => (at === stage ? trouble : undefined));

describe('a mail server', () => {
  it('gets sender, recipient, and a Message-ID that is the same at every try', async () => {
    await transport().deliver({ id: ID, to: 'ivan@example.org', content });
    await transport().deliver({ id: ID, to: 'ivan@example.org', content });
    const [first, second] = server.received;
    expect(first).toMatchObject({ from: 'crm@example.com', to: ['ivan@example.org'] });
    for (const mail of [first, second]) expect(mail?.raw).toContain(`Message-ID: <${ID}@example.com>`);
    expect(first?.raw).toContain('Auto-Submitted: auto-generated');
    expect(first?.raw).toContain('multipart/alternative');
  });

  it('never gets a second recipient out of an odd address', async () => {
    await transport().deliver({ id: ID, to: 'ivan@example.org, spam@example.net', content });
    expect(server.received.flatMap(({ to }) => to)).not.toContain('spam@example.net');
  });

  it.each<[SmtpStage, SmtpTrouble]>([
    ['greeting', { reply: '554 go away' }],
    ['greeting', { reply: '421 too busy' }],
    ['mail', { reply: '451 later' }],
    ['rcpt', { reply: '450 greylisted' }],
    ['data', { reply: '452 disk full' }],
    ['end', { reply: '451 later' }],
    ['greeting', 'cut'],
    ['rcpt', 'cut'],
    ['end', 'cut'],
  ])('that says at %s %j may take it later', async (stage, trouble) => {
    troubleAt(stage, trouble);
    expect(await codeOf(transport().deliver({ id: ID, to: 'ivan@example.org', content }))).toBe('mail.unavailable');
    expect(server.received).toEqual([]);
  });

  it.each<[SmtpStage, SmtpTrouble]>([
    ['mail', { reply: '550 no such sender' }],
    ['rcpt', { reply: '550 no such user' }],
    ['data', { reply: '554 no' }],
    ['end', { reply: '552 too large' }],
  ])('that says at %s %j never will', async (stage, trouble) => {
    troubleAt(stage, trouble);
    expect(await codeOf(transport().deliver({ id: ID, to: 'ivan@example.org', content }))).toBe('mail.refused');
  });

  it('that refuses our password may be mended', async () => {
    troubleAt('auth', { reply: '535 wrong' });
    const withLogin = transport(server.url.replace('smtp://', 'smtp://crm:secret@'));
    expect(await codeOf(withLogin.deliver({ id: ID, to: 'ivan@example.org', content }))).toBe('mail.unavailable');
  });

  it.each<SmtpStage>(['greeting', 'rcpt', 'end'])('that falls silent at %s is not waited for', async (stage) => {
    troubleAt(stage, 'silence');
    const impatient = transport(server.url, 100);
    expect(await codeOf(impatient.deliver({ id: ID, to: 'ivan@example.org', content }))).toBe('mail.unavailable');
  });

  it('that is not there may come back', async () => {
    const gone = await FakeSmtp.start();
    await gone.close();
    expect(await codeOf(transport(gone.url).deliver({ id: ID, to: 'ivan@example.org', content }))).toBe(
      'mail.unavailable',
    );
  });
});
