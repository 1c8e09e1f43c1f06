import type { MailTexts } from './keys.js';

/** What mails about people and access say in Russian. */
export const mailsRu: MailTexts = {
  'identity.mail.invitation.subject': 'Приглашение в «{workspace}»',
  'identity.mail.invitation.who':
    '{inviter} приглашает вас в рабочее пространство «{workspace}» в Sdelka. Роль: {role}.',
  'identity.mail.invitation.how': 'Ссылка работает один раз и {hours} ч с момента отправки.',
  'identity.mail.invitation.action': 'Принять приглашение',
  'identity.mail.invitation.footer':
    'Если вы не ждали этого приглашения, ничего не делайте: без вашего согласия учётная запись не появится.',
  'identity.mail.password_reset.subject': 'Новый пароль в Sdelka',
  'identity.mail.password_reset.why': 'Кто-то, возможно вы, попросил задать новый пароль для этого адреса.',
  'identity.mail.password_reset.how':
    'Ссылка работает один раз и {hours} ч с момента запроса. Работает только самая новая из присланных ссылок.',
  'identity.mail.password_reset.action': 'Задать новый пароль',
  'identity.mail.password_reset.footer':
    'Если это были не вы, ничего не делайте: прежний пароль действует, пока по ссылке не задан новый.',
  'identity.role.admin': 'администратор',
  'identity.role.manager': 'руководитель',
  'identity.role.operator': 'оператор',
  'identity.role.viewer': 'наблюдатель',
};
