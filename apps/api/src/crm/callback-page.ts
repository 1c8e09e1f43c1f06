export type Language = 'ru' | 'en';

interface Message {
  readonly title: string;
  readonly text: string;
}

const CONNECTED: Readonly<Record<Language, Message>> = {
  ru: { title: 'amoCRM подключена', text: 'Готово. Это окно можно закрыть.' },
  en: { title: 'amoCRM is connected', text: 'Done. You may close this window.' },
};

const RECEIVED: Readonly<Record<Language, Message>> = {
  ru: { title: 'Установка принята', text: 'Подключение завершается. Это окно можно закрыть.' },
  en: { title: 'The install was received', text: 'The connection is being completed. You may close this window.' },
};

const REFUSED: Readonly<Record<Language, string>> = { ru: 'amoCRM не подключена', en: 'amoCRM is not connected' };

const REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'crm.oauth_state_unknown': {
    ru: 'Ссылка устарела или уже использована. Начните подключение заново в настройках.',
    en: 'The link is out of date or was used already. Start again in the settings.',
  },
  'crm.oauth_refused': {
    ru: 'Доступ не был дан. Начните подключение заново и подтвердите доступ под администратором аккаунта.',
    en: 'Access was not given. Start again and give your consent as an administrator of the account.',
  },
  'crm.host_not_allowed': {
    ru: 'Адрес аккаунта не принадлежит amoCRM. Начните подключение заново в настройках.',
    en: 'The address of the account is not one of amoCRM. Start again in the settings.',
  },
  'crm.install_unclaimed': {
    ru: 'Начните подключение в настройках и подтвердите доступ на странице, которая откроется.',
    en: 'Start in the settings and give your consent on the page that opens.',
  },
  'crm.secrets_missing': {
    ru: 'amoCRM ещё не передала ключи интеграции. Обновите эту страницу через минуту; если не поможет, начните подключение заново.',
    en: 'amoCRM has not delivered the keys of the integration yet. Reload this page in a minute; if that does not help, start again.',
  },
  'crm.other_account': {
    ru: 'Это рабочее пространство подключено к другому аккаунту amoCRM. Войдите в тот аккаунт и повторите.',
    en: 'This workspace is connected to another amoCRM account. Sign in to that account and try again.',
  },
};

const ANY_REASON: Readonly<Record<Language, string>> = {
  ru: 'amoCRM сейчас не отвечает как нужно. Подождите немного и начните подключение заново.',
  en: 'amoCRM does not answer as it should right now. Wait a little and start again.',
};

/** The page after a consent that was given and taken. */
export const connectedPage = (language: Language): string => page(language, CONNECTED[language]);

/** The page after an install that is still being worked on. */
export const receivedPage = (language: Language): string => page(language, RECEIVED[language]);

/** The page after a connection that was not made, by the code of the error. Nothing of the request is on it. */
export const refusedPage = (language: Language, code: string): string =>
  page(language, { title: REFUSED[language], text: (REASONS[code] ?? ANY_REASON)[language] });

/** The page needs nothing from anywhere, and may be told nothing by what is on it. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const page = (language: Language, { title, text }: Message): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
