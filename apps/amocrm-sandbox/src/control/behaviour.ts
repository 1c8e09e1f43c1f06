import { problem } from '../http/answers.js';
import { aFaultRule } from '../faults.js';
import { aHookFaults } from '../hooks/hook-faults.js';
import { changeSettings } from '../settings.js';
import { anInt, anObject, oneOf, shape } from '../validate/rules.js';
import { control, type ControlCall, type ControlRoute } from './context.js';

function clockView({ core }: ControlCall): object {
  return { now: core.world.now(), offsetSeconds: core.world.clockOffset() };
}

/** Move the clock and send the webhooks that became due. */
function moveClock(call: ControlCall): object {
  const { world, hooks } = call.core;
  const input = control(call, shape({ offsetSeconds: anInt, advanceSeconds: anInt }));
  const base = input.offsetSeconds ?? world.clockOffset();
  world.moveClock(base + (input.advanceSeconds ?? 0));
  hooks.sender.tick();
  return clockView(call);
}

function setBlocked(call: ControlCall, blocked: boolean): object {
  const { world, limits } = call.core;
  world.tables.put('accounts', { ...world.accountRow(call.account.id), blocked });
  limits.reset();
  return { blocked };
}

function addFault(call: ControlCall): object {
  const rule = control(call, aFaultRule);
  try {
    return { id: call.core.faults.add(rule) };
  } catch (error) {
    throw problem(400, `match.path: ${String(error)}`);
  }
}

function setSettings(call: ControlCall): object {
  const wrong = changeSettings(call.core.settings, control(call, anObject));
  if (wrong) throw problem(400, wrong);
  return call.core.settings;
}

/** How the sandbox behaves: clock, limits, faults, settings, counters. */
export const behaviourRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/health', handler: () => ({ status: 'ok' }) },
  {
    method: 'POST',
    path: '/reset',
    handler: (call) => {
      const { dataset } = control(call, shape({ dataset: oneOf(['demo', 'empty']) }));
      call.core.reset(dataset ?? 'demo');
      return { dataset: dataset ?? 'demo' };
    },
  },
  { method: 'GET', path: '/counters', handler: ({ core }) => core.counters.view() },
  { method: 'POST', path: '/counters/reset', handler: ({ core }) => core.counters.reset() },
  { method: 'GET', path: '/clock', handler: clockView },
  { method: 'POST', path: '/clock', handler: moveClock },
  { method: 'POST', path: '/faults', status: 201, handler: addFault },
  { method: 'GET', path: '/faults', handler: ({ core }) => ({ faults: core.faults.list() }) },
  { method: 'DELETE', path: '/faults', handler: ({ core }) => core.faults.clear() },
  { method: 'GET', path: '/hook-faults', handler: ({ core }) => core.hooks.faults.view() },
  {
    method: 'POST',
    path: '/hook-faults',
    handler: (call) => {
      call.core.hooks.faults.set(control(call, aHookFaults));
      return call.core.hooks.faults.view();
    },
  },
  { method: 'GET', path: '/hook-log', handler: ({ core }) => core.hooks.sender.log() },
  { method: 'GET', path: '/settings', handler: ({ core }) => core.settings },
  { method: 'POST', path: '/settings', handler: setSettings },
  { method: 'POST', path: '/block', handler: (call) => setBlocked(call, true) },
  { method: 'POST', path: '/unblock', handler: (call) => setBlocked(call, false) },
];
