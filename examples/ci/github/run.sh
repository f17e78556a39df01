#!/bin/sh
# The plan, then the comment; fails where the plan could not be made, and where a guardrail forbids it if so asked for. A
# comment that cannot be written, as on a pull request from a fork, fails nothing: the plan is in the log.
set -u

"$(dirname "$0")/../plan.sh"
verdict=$?
echo "exit-code=$verdict" >>"$GITHUB_OUTPUT"
"$(dirname "$0")/comment.sh" || echo '::warning::The plan could not be written as a comment; it is in the log.'
case $verdict in
  0 | 2) exit 0 ;;
  3) [ "${FAIL_ON_FORBIDDEN:-true}" != true ] || exit 3 ;;
  *) exit 1 ;;
esac
