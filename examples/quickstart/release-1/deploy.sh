#!/bin/sh
# deploy.sh COMMIT brings a commit live; run again, it brings the same one live again.
# deploy.sh --is-live COMMIT ends with 0 if that commit answers, with 1 if not.
# Needs APP_HOME (where releases are kept), PORT and DATABASE_URL.
set -eu
asked=deploy
[ "${1:-}" != --is-live ] || { asked=is-live && shift; }
commit=${1:?usage: deploy.sh [--is-live] COMMIT}
release=${APP_HOME:?}/releases/$commit
pid_file=$APP_HOME/service.pid
: "${PORT:?}" "${DATABASE_URL:?}"

# A release is complete or not there at all, whenever this is interrupted.
unpack() {
  [ ! -d "$release" ] || return 0
  mkdir -p "$APP_HOME/releases"
  new=$(mktemp -d "$APP_HOME/releases/new.XXXXXX")
  git archive --output "$new.tar" "$commit"
  tar -xf "$new.tar" -C "$new"
  rm "$new.tar"
  echo "$commit" >"$new/REVISION"
  # Where pg is found in a folder above, nothing has to be installed.
  (cd "$new" && { node --input-type=module -e 'import "pg"' 2>/dev/null || npm install --omit=dev --no-audit --no-fund; })
  mv "$new" "$release"
}

# The number in the file may have gone to another program since.
runs() {
  kill -0 "$1" 2>/dev/null || return 1
  [ ! -r "/proc/$1/cmdline" ] || tr '\0' ' ' <"/proc/$1/cmdline" | grep -qF "$APP_HOME/releases/"
}

stop_old() {
  [ -s "$pid_file" ] || return 0
  old=$(cat "$pid_file")
  runs "$old" || return 0
  kill "$old" 2>/dev/null || return 0
  tries=0
  while runs "$old"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || kill -9 "$old" 2>/dev/null || true
    sleep 0.05
  done
}

# In a session of its own and without the deployment's own variables: the service outlives the deployment. To be run in
# the background, where it becomes the service.
start_new() {
  for name in $(env | sed -n 's/^\(DEPLOY_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
  session=$(command -v setsid || true)
  cd "$release"
  # shellcheck disable=SC2086
  exec $session node "$release/server.js" </dev/null >>"$APP_HOME/service.log" 2>&1
}

# Waits up to that many milliseconds for the commit to answer.
answers_within() {
  node --input-type=module -e '
    const [ms, port, commit] = process.argv.slice(1)
    const end = Date.now() + Number(ms)
    do {
      const live = await fetch(`http://127.0.0.1:${port}/version`).then(answer => answer.json()).catch(() => ({}))
      if (live.commit === commit) process.exit(0)
      await new Promise(done => setTimeout(done, 50))
    } while (Date.now() < end)
    process.exit(1)' "$1" "$PORT" "$commit"
}

if [ "$asked" = is-live ]; then
  answers_within 0
  exit
fi

unpack
stop_old
start_new &
echo $! >"$pid_file"
if ! answers_within 10000; then
  echo "$commit does not answer on port $PORT; the end of its log:" >&2
  tail -n 5 "$APP_HOME/service.log" >&2
  exit 1
fi
echo "$commit is live on port $PORT"
