import { afterAll, beforeAll } from '@jest/globals';
import { analyticsSuite } from './analytics.js';
import { commentSuite } from './comments.js';
import { dictionarySuite } from './dictionaries.js';
import { figuresOfDaysSuite } from './figures-of-days.js';
import { type HistoryHouse, historyHouse } from './history-house.js';
import { notificationSuite } from './notifications.js';
import { timelineSuite } from './timeline.js';

/* One application and one database for all that is kept about clients. */

let house: HistoryHouse;
beforeAll(async () => {
  house = await historyHouse();
});
afterAll(() => house?.close());

dictionarySuite(() => house);
commentSuite(() => house);
timelineSuite(() => house);
analyticsSuite(() => house);
figuresOfDaysSuite(() => house);
notificationSuite(() => house);
