#!/bin/sh
# Starts Katydid in a container. Locust's own variables (LOCUST_HOST, LOCUST_USERS, ...) are read by the program itself.
# This script only translates variables that images and charts for older Locust versions invented, and only where
# Locust's own variable is not set:
#
#   LOCUST_MODE             standalone | master | worker | slave
#   LOCUST_MASTER_HOST, LOCUST_MASTER           where the master is
#   LOCUST_MASTER_PORT                          its port
#   LOCUST_LOCUSTFILE_PATH, LOCUSTFILE_PATH, LOCUST_FILE, SCENARIO_FILE
#   ATTACKED_HOST, TARGET_HOST, TARGET_URL      the system to test
#   EXPECT_SLAVES, EXPECT_WORKERS
#   LOCUST_OPTS, LOCUST_FLAGS                   more options, separated by blanks
set -eu

# Sets the variable $1 to the first of the other arguments that is not empty, unless it is set.
take() {
  name=$1
  shift
  eval "value=\${$name:-}"
  [ -z "$value" ] || return 0
  for value in "$@"; do
    if [ -n "$value" ]; then
      export "$name=$value"
      return 0
    fi
  done
}

take LOCUST_HOST "${ATTACKED_HOST:-}" "${TARGET_HOST:-}" "${TARGET_URL:-}"
take LOCUST_LOCUSTFILE "${LOCUST_LOCUSTFILE_PATH:-}" "${LOCUSTFILE_PATH:-}" "${LOCUST_FILE:-}" "${SCENARIO_FILE:-}"
take LOCUST_MASTER_NODE_HOST "${LOCUST_MASTER_HOST:-}" "${LOCUST_MASTER:-}"
take LOCUST_MASTER_NODE_PORT "${LOCUST_MASTER_PORT:-}"
take LOCUST_EXPECT_WORKERS "${EXPECT_WORKERS:-}" "${EXPECT_SLAVES:-}"
case ${LOCUST_MODE:-} in
  master) take LOCUST_MODE_MASTER true ;;
  worker | slave) take LOCUST_MODE_WORKER true ;;
  standalone | '') ;;
  *)
    echo "LOCUST_MODE is '$LOCUST_MODE'; it must be standalone, master, worker or slave." >&2
    exit 2
    ;;
esac

# shellcheck disable=SC2086
exec locust ${LOCUST_OPTS:-} ${LOCUST_FLAGS:-} "$@"
