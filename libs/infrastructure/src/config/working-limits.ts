/**
 * What every working connection asks of the server. The last five bound how long a machine that vanished keeps its
 * locks: without them, hours.
 */
export const WORKING_LIMITS = [
  '-c timezone=UTC',
  '-c statement_timeout=30s',
  '-c lock_timeout=10s',
  '-c idle_in_transaction_session_timeout=60s',
  '-c tcp_keepalives_idle=30',
  '-c tcp_keepalives_interval=10',
  '-c tcp_keepalives_count=3',
  '-c tcp_user_timeout=60s',
].join(' ');
