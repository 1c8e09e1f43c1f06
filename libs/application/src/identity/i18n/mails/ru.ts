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
  'identity.mail.security.subject': 'Вход в Sdelka изменён',
  'identity.mail.security.password_changed': 'Пароль вашей учётной записи изменён. Остальные сеансы завершены.',
  'identity.mail.security.password_reset': 'По ссылке из письма задан новый пароль. Все сеансы завершены.',
  'identity.mail.security.factor_set_up': 'Включён второй фактор: при входе теперь нужен код приложения.',
  'identity.mail.security.factor_removed': 'Второй фактор отключён: для входа достаточно пароля.',
  'identity.mail.security.factor_reset':
    'Администратор снял ваш второй фактор: для входа достаточно пароля. Ваши сеансы завершены.',
  'identity.mail.security.codes_renewed': 'Выпущены новые резервные коды второго фактора, прежние не действуют.',
  'identity.mail.security.where': 'Когда: {when}. Откуда: {ip}.',
  'identity.mail.security.footer': 'Если это сделали не вы, запросите новый пароль и сообщите администратору.',
  'identity.role.admin': 'администратор',
  'identity.role.manager': 'руководитель',
  'identity.role.operator': 'оператор',
  'identity.role.viewer': 'наблюдатель',
};
