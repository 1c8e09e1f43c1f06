import type { Logger } from 'pino';
import { MAIL_CONFIG, type MailConfig } from '../config/app-config.js';
import { mailTransportOf } from '../mail/mail.module.js';
import { LOGGER } from '../telemetry/logger.js';

/** The way out of mails, with the configuration and the log of this process. */
export const mailParts = {
  inject: [MAIL_CONFIG, LOGGER],
  useFactory: (config: MailConfig, log: Logger) =>
    mailTransportOf(config, (mail) => log.warn(mail, 'a mail, shown here because no mail server is set')),
};
