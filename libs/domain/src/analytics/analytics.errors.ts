import { defineErrors } from '../shared/app-error.js';

/** Errors of figures and reports. */
export const analyticsErrors = defineErrors({
  'analytics.period_invalid': ['invalid', 'The period cannot be reported on'],
});
