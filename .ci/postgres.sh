#!/bin/sh
# A throwaway PostgreSQL on a free loopback port, for the tests.
#   .ci/postgres.sh COMMAND...   runs COMMAND with TEST_DATABASE_URL set, then stops and deletes the cluster
#   .ci/postgres.sh              prints its URL and serves until it is stopped (Ctrl-C)
# Needs PostgreSQL 15 or later (Debian: apt-get install postgresql). Keeps nothing.
set -eu

die() { printf 'postgres.sh: %s\n' "$*" >&2; exit 1; }

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")
[ -x "$bin/initdb" ] || die "PostgreSQL is not installed (Debian: apt-get install postgresql)"

# PostgreSQL refuses to run as root
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); else "$@"; fi
}

port=$(node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
folder=$(mktemp -d)
[ "$(id -u)" != 0 ] || chown postgres: "$folder"

stop() {
  trap - EXIT INT TERM
  as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_owner "$bin/initdb" -D "$folder/data" -U quatrain --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
  die "initdb failed: $(cat "$folder/initdb.log")"
# fsync off: the cluster dies with the tests
as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 60 start \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=300" \
  >/dev/null 2>&1 || die "the server did not start: $(cat "$folder/data/server.log" 2>/dev/null)"

TEST_DATABASE_URL=postgres://quatrain@127.0.0.1:$port/postgres
export TEST_DATABASE_URL
if [ $# -gt 0 ]; then
  "$@"
else
  echo "$TEST_DATABASE_URL"
  sleep infinity &
  wait $!
fi
