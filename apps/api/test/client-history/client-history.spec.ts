import { afterAll, beforeAll } from '@jest/globals';
import { analyticsSuite } from './analytics.js';
import { attachmentSuite } from './attachments.js';
import { commentSuite } from './comments.js';
import { dealCopySuite } from './deal-copies.js';
import { dictionarySuite } from './dictionaries.js';
import { FILE_ENV } from './file-house.js';
import { fileSuite } from './files.js';
import { figuresOfDaysSuite } from './figures-of-days.js';
import { type HistoryHouse, historyHouse } from './history-house.js';
import { notificationSuite } from './notifications.js';
import { timelineSuite } from './timeline.js';

/* One application and one database for all that is kept about clients. */

let house: HistoryHouse;
beforeAll(async () => {
  house = await historyHouse(FILE_ENV);
});
afterAll(() => house?.close());

dictionarySuite(() => house);
commentSuite(() => house);
timelineSuite(() => house);
dealCopySuite(() => house);
analyticsSuite(() => house);
figuresOfDaysSuite(() => house);
notificationSuite(() => house);
fileSuite(() => house);
attachmentSuite(() => house);
