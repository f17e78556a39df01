#!/bin/sh
# Runs bulkhead plan on what a pull request changes, and writes the comment. Everything comes in by the environment and is
# never read as shell:
#   BULKHEAD       the program; bulkhead unless said
#   BULKHEAD_HEAD  file or folder of manifests, as the pull request has them
#   BULKHEAD_BASE  the same before it; empty or not there: what enforcing these manifests does the first time
#   BULKHEAD_COMMENT  the file that the comment is written to
# Ends as bulkhead plan does: 0 nothing would change, 1 failed, 2 something would change, 3 forbidden by a guardrail.
set -u

program=${BULKHEAD:-bulkhead}
head=${BULKHEAD_HEAD:?say which manifests: BULKHEAD_HEAD}
base=${BULKHEAD_BASE:-}
comment=${BULKHEAD_COMMENT:?say where the comment goes: BULKHEAD_COMMENT}
# What code hosts take at most is 65536 characters; the rest is in the log of the job.
readonly most=60000

errors=$(mktemp)
text=$(mktemp)
trap 'rm -f "$errors" "$text"' EXIT

set -- plan -o md -f "$head"
# The first pull request that brings manifests has nothing to be compared with.
if [ -n "$base" ] && [ -e "$base" ]; then
  set -- "$@" --base "$base"
fi
"$program" "$@" >"$text" 2>"$errors"
verdict=$?
cat "$text"
cat "$errors" >&2

{
  # By this line the comment is found again.
  echo '<!-- bulkhead plan -->'
  case $verdict in
    0) echo 'No policy and no connection changes.' ;;
    2) ;;
    3) echo '**A guardrail forbids what this asks for.**' ;;
    *)
      echo '**The plan could not be made:**'
      echo
      # Four spaces make code of every line, whatever is in it.
      head -c "$most" "$errors" | sed 's/^/    /'
      ;;
  esac
  case $verdict in
    0 | 2 | 3)
      echo
      if [ "$(wc -c <"$text")" -gt "$most" ]; then
        head -c "$most" "$text" | sed '$d'
        echo
        echo 'The rest is in the log of the job.'
      else
        cat "$text"
      fi
      ;;
  esac
} >"$comment"
exit "$verdict"
