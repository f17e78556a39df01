#!/bin/sh
# The plan, then the note; fails where the plan could not be made or a guardrail forbids it. Without a token, as on a merge
# request from a fork, there is no note: the plan is in the log and among the artifacts.
set -u

"$(dirname "$0")/../plan.sh"
verdict=$?
if [ -n "${BULKHEAD_TOKEN:-}" ]; then
  "$(dirname "$0")/comment.sh" || exit 1
fi
case $verdict in
  0 | 2) exit 0 ;;
  *) exit "$verdict" ;;
esac
