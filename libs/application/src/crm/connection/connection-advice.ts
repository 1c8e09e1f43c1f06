import type { ConnectionState } from '#domain/crm/connection-state.js';

export type Language = 'ru' | 'en';

/** What a person should do next; front ends switch on it. */
export type NextStep = 'connect' | 'await_secrets' | 'reconnect' | 'ask_support' | 'pay_subscription';

const STEPS: Readonly<Record<ConnectionState, NextStep | null>> = {
  active: null,
  reconnect_needed: 'reconnect',
  blocked: 'ask_support',
  subscription_ended: 'pay_subscription',
  disconnected: 'connect',
};

const TEXTS: Readonly<Record<Language, Readonly<Record<NextStep, string>>>> = {
  ru: {
    await_secrets:
      'Нажмите кнопку amoCRM на странице подключения и подтвердите доступ под администратором аккаунта. Ключи интеграции от amoCRM ещё не пришли.',
    connect: 'Подключите amoCRM: нажмите «Подключить» и подтвердите доступ под администратором аккаунта.',
    reconnect: 'Доступ отозван или истёк. Подключите amoCRM снова под администратором аккаунта.',
    ask_support:
      'amoCRM заблокировала API этого аккаунта. Напишите в поддержку amoCRM. После снятия блокировки связь восстановится сама за несколько минут, или проверьте её сразу.',
    pay_subscription:
      'Подписка amoCRM закончилась. Оплатите её: связь восстановится сама за несколько минут, или проверьте её сразу.',
  },
  en: {
    await_secrets:
      'Press the amoCRM button on the connection page and give your consent as an administrator of the account. The keys of the integration have not come from amoCRM yet.',
    connect: 'Connect amoCRM: press "Connect" and give your consent as an administrator of the account.',
    reconnect: 'Access was revoked or has expired. Connect amoCRM again as an administrator of the account.',
    ask_support:
      'amoCRM has blocked the API of this account. Write to the support of amoCRM. Once it is lifted, the connection comes back by itself within minutes, or check it at once.',
    pay_subscription:
      'The amoCRM subscription has ended. Pay for it: the connection comes back by itself within minutes, or check it at once.',
  },
};

export interface Advice {
  readonly code: NextStep;
  readonly text: string;
}

/**
 * What to do about a state, or null when all is well.
 *
 * @param awaitsSecrets  a sign-in with a site's button was begun, and amoCRM has not delivered the secrets yet
 */
export const adviceFor = (state: ConnectionState, language: Language, awaitsSecrets = false): Advice | null => {
  const step = STEPS[state];
  const code = awaitsSecrets && (step === 'connect' || step === 'reconnect') ? 'await_secrets' : step;
  return code && { code, text: TEXTS[language][code] };
};
