/**
 * Exit 0 when the process of this container is alive, 1 when not. A container runs one role, so whichever of the
 * two health ports answers is the right one: api on PORT, worker on WORKER_HEALTH_PORT.
 */
const TIMEOUT_MS = 4_000;
const ports = [process.env.PORT || '3000', process.env.WORKER_HEALTH_PORT || '9100'];

const isLive = async (port) => {
  const answer = await fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`port ${port} answered ${answer.status}`);
};

try {
  await Promise.any(ports.map(isLive));
} catch (error) {
  console.error(error.errors.map(({ message, cause }) => cause?.message ?? message).join('; '));
  process.exitCode = 1;
}
