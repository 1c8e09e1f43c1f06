import { afterAll, beforeAll } from '@jest/globals';
import { dictionarySuite } from './dictionaries.js';
import { type HistoryHouse, historyHouse } from './history-house.js';

/* One application and one database for all that is kept about clients. */

let house: HistoryHouse;
beforeAll(async () => {
  house = await historyHouse();
});
afterAll(() => house?.close());

dictionarySuite(() => house);
