#!/bin/sh
# Starts Katydid in a container. Locust's own variables (LOCUST_HOST, LOCUST_USERS, ...) are read by the program itself.
# This script translates the variables that images and charts for older Locust versions invented, where Locust's own
# is not set; installs packages; sizes the heap; and becomes the program, which then gets the container's signals.
#
#   LOCUST_MODE             standalone | headless | master | worker | slave, in any case
#   LOCUST_MASTER, LOCUST_MASTER_HOST           where the master is
#   LOCUST_MASTER_PORT, LOCUST_MASTER_BIND_PORT its port
#   LOCUST_FILE, SCENARIO_FILE, LOCUSTFILE_PATH, LOCUST_LOCUSTFILE_PATH
#   ATTACKED_HOST, TARGET_HOST, TARGET_URL      the system to test
#   EXPECT_SLAVES, EXPECT_WORKERS
#   LOCUST_OPTS, LOCUST_FLAGS                   more options, separated by blanks
#   KATYDID_SCRIPTS         the folder of the locustfiles; default /locust, then /mnt/locust
#   PIP_PACKAGES            packages to install before the start, separated by blanks or commas
#   KATYDID_PACKAGES        a writable folder for them; default /tmp/katydid-packages
#   KATYDID_HEAP_PERCENT    the heap's share of the container's memory; default 60, in small containers less
set -euf

die() {
  echo "$*" >&2
  exit 1
}

# The first process of a container dies of no signal by itself, and a shell hears it only between two programs, or while it
# waits for one in the background.
installing=
end() {
  [ -z "$installing" ] || kill "$installing" 2>/dev/null || true
  exit "$1"
}
trap 'end 130' INT
trap 'end 143' TERM

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

# True if a word on the command line matches the pattern $1.
given() {
  pattern=$1
  shift
  for word in "$@"; do
    # shellcheck disable=SC2254
    case $word in
      $pattern) return 0 ;;
    esac
  done
  return 1
}

# Kubernetes describes every service of the namespace in variables: one named locust-master makes LOCUST_MASTER_PORT,
# one named locust-web makes LOCUST_WEB_PORT, both as tcp://10.0.0.1:8089. They are nobody's settings.
for name in LOCUST_MASTER_PORT LOCUST_MASTER_BIND_PORT LOCUST_MASTER_NODE_PORT LOCUST_WEB_PORT; do
  eval "value=\${$name:-}"
  case $value in
    *://*) unset "$name" ;;
  esac
done

mode=$(printf %s "${LOCUST_MODE:-}" | tr '[:upper:]' '[:lower:]')
take LOCUST_HOST "${ATTACKED_HOST:-}" "${TARGET_HOST:-}" "${TARGET_URL:-}"
take LOCUST_LOCUSTFILE "${LOCUST_LOCUSTFILE_PATH:-}" "${LOCUSTFILE_PATH:-}" "${LOCUST_FILE:-}" "${SCENARIO_FILE:-}"
take LOCUST_MASTER_NODE_HOST "${LOCUST_MASTER_HOST:-}" "${LOCUST_MASTER:-}"
take LOCUST_MASTER_NODE_PORT "${LOCUST_MASTER_PORT:-}" "${LOCUST_MASTER_BIND_PORT:-}"
take LOCUST_EXPECT_WORKERS "${EXPECT_WORKERS:-}" "${EXPECT_SLAVES:-}"
case $mode in
  master) take LOCUST_MODE_MASTER true ;;
  worker | slave)
    # shellcheck disable=SC2086
    [ -n "${LOCUST_MASTER_NODE_HOST:-}" ] || given "--master-host*" ${LOCUST_OPTS:-} ${LOCUST_FLAGS:-} "$@" ||
      die "LOCUST_MODE is '$LOCUST_MODE': set LOCUST_MASTER to the name or address of the master."
    take LOCUST_MODE_WORKER true
    ;;
  headless) take LOCUST_HEADLESS true ;;
  standalone | '') ;;
  *)
    echo "LOCUST_MODE is '$LOCUST_MODE'; it must be standalone, headless, master, worker or slave." >&2
    exit 2
    ;;
esac

# --- where the locustfile is --------------------------------------------------------------------------------------

# Old images ran in /locust, so what their scripts open is there too. Today's stay where they were started.
if [ -n "${KATYDID_SCRIPTS:-}" ]; then
  cd "$KATYDID_SCRIPTS"
elif [ -d /locust ] && [ -n "$mode${ATTACKED_HOST:-}${SCENARIO_FILE:-}" ]; then
  cd /locust
fi
# A name without folder, or none at all, is looked for in the mounted folders when it is not here.
# shellcheck disable=SC2086
if ! given "--locustfile*" ${LOCUST_OPTS:-} ${LOCUST_FLAGS:-} "$@" && ! given "-f*" ${LOCUST_OPTS:-} ${LOCUST_FLAGS:-} "$@"; then
  file=${LOCUST_LOCUSTFILE:-locustfile.py}
  case $file in
    */* | *,* | -) ;;
    *)
      for folder in /locust /mnt/locust; do
        if [ ! -e "$file" ] && [ -f "$folder/$file" ]; then
          export LOCUST_LOCUSTFILE="$folder/$file"
          break
        fi
      done
      ;;
  esac
fi

# --- packages -----------------------------------------------------------------------------------------------------

packages=${KATYDID_PACKAGES:-/tmp/katydid-packages}

# pip's words are the arguments; what it says goes to standard error, for standard output belongs to the run.
install() {
  mkdir -p "$packages" || return
  (cd "$packages" && exec katydid pip install --no-cache-dir --disable-pip-version-check "$@" >&2) &
  installing=$!
  code=0
  wait "$installing" || code=$?
  installing=
  return "$code"
}

if [ -n "${PIP_PACKAGES:-}" ]; then
  # shellcheck disable=SC2046
  install $(printf %s "$PIP_PACKAGES" | tr ',' ' ') || die "PIP_PACKAGES ($PIP_PACKAGES) cannot be installed in $packages."
fi
# They are there now: the program need not look for them once more.
unset PIP_PACKAGES
# A requirements.txt beside the locustfile was written for Locust and often for more than the test: a package that cannot
# be had is no reason not to start.
for folder in . /locust /mnt/locust; do
  [ -f "$folder/requirements.txt" ] || continue
  install -r "$(cd "$folder" && pwd)/requirements.txt" ||
    echo "Going on without some packages of $folder/requirements.txt, which cannot be installed." >&2
  break
done
if [ -d "$packages/.katydid/site-packages" ]; then
  export PYTHONPATH="$packages/.katydid/site-packages${PYTHONPATH:+:$PYTHONPATH}"
fi

# --- the JVM ------------------------------------------------------------------------------------------------------

. "$(dirname "$0")/heap.sh"
size_heap

# shellcheck disable=SC2086
exec locust ${LOCUST_OPTS:-} ${LOCUST_FLAGS:-} "$@"
