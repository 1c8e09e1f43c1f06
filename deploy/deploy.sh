#!/bin/sh
# Release SDELKA_IMAGE to the swarm that the docker client talks to: secrets, migrations, then the rolling update.
#
#   SDELKA_IMAGE=… SDELKA_HOST=… SDELKA_ADMIN_EMAIL=… AMOCRM_CLIENT_ID=… sh deploy/deploy.sh [STACK]
#
# SECRET_<NAME> (SECRET_DATABASE_URL, …) is the value of a secret that does not exist yet. Values are read from the
# environment and passed on through a pipe; none is ever an argument or printed.
set -eu

stack="${1:-sdelka}"
secrets_version="${SDELKA_SECRETS:-1}"
migrate_deadline_s="${MIGRATE_DEADLINE_S:-1800}"
poll_s="${POLL_S:-2}"
: "${SDELKA_IMAGE:?set SDELKA_IMAGE to the image to release}"
cd "$(dirname "$0")/.."

fail() { echo "deploy: $*" >&2; exit 1; }

make_secrets() {
  for name in database_url database_migration_url redis_url secret_key admin_password amocrm_client_secret \
    postgres_password postgres_migrator_password postgres_login_password redis_conf; do
    full="sdelka_${name}_${secrets_version}"
    docker secret inspect "$full" >/dev/null 2>&1 && continue
    variable="SECRET_$(echo "$name" | tr '[:lower:]' '[:upper:]')"
    printenv "$variable" >/dev/null || fail "the secret $full does not exist and $variable is not set"
    printenv "$variable" | tr -d '\n' | docker secret create "$full" - >/dev/null
  done
}

# The state of the newest run of the job: an earlier run, of the release before, says nothing.
migration_state() {
  run="$(docker service inspect -f '{{.JobStatus.JobIteration.Index}}' "${stack}_migrate")"
  tasks="$(docker service ps -q --no-trunc "${stack}_migrate")"
  [ -n "$tasks" ] || return 0
  # shellcheck disable=SC2086 # a list of ids
  docker inspect --type task -f '{{.JobIteration.Index}} {{.Status.State}}' $tasks | sed -n "s/^$run //p" | head -n 1
}

await_migrations() {
  waited=0
  while :; do
    state="$(migration_state)"
    case "$state" in
      complete) return 0 ;;
      failed | rejected | orphaned | remove | shutdown)
        docker service logs --raw --tail 50 "${stack}_migrate" >&2 || true
        fail "the migrations ended as $state; nothing was rolled out" ;;
    esac
    [ "$waited" -lt "$migrate_deadline_s" ] || fail "the migrations did not end within $migrate_deadline_s s"
    sleep "$poll_s"
    waited=$((waited + poll_s))
  done
}

roll_out() {
  docker stack deploy --with-registry-auth --resolve-image always --detach=false -c docker-stack.yml "$stack"
}

check_not_rolled_back() {
  for role in api worker; do
    state="$(docker service inspect -f '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}' "${stack}_$role")"
    case "$state" in
      rollback_* | paused) fail "$role did not become healthy: $state" ;;
    esac
  done
}

make_secrets
# The apps refuse to start behind the expected migration, and a rolling update takes that for a bad release: so the
# migrations of a running stack come first. A new stack has nothing to roll back, its apps are restarted until then.
if docker service inspect "${stack}_migrate" >/dev/null 2>&1; then
  docker service update --detach --with-registry-auth --force --image "$SDELKA_IMAGE" "${stack}_migrate" >/dev/null
  await_migrations
  roll_out
else
  docker stack deploy --with-registry-auth --detach=true -c docker-stack.yml "$stack"
  await_migrations
fi
check_not_rolled_back
echo "deploy: $SDELKA_IMAGE is out"
