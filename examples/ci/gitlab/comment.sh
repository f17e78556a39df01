#!/bin/sh
# Puts a file as a note on a merge request, over the one of the last time if there is one. By the environment:
#   CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID   as GitLab gives them
#   BULKHEAD_TOKEN    a project access token with the scope api and the role Reporter
#   BULKHEAD_COMMENT  the file
set -eu

notes=$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/${CI_MERGE_REQUEST_IID:?this is no merge request}/notes
# The token is given in a file: arguments can be seen by every process of the machine.
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
printf 'header = "PRIVATE-TOKEN: %s"\n' "${BULKHEAD_TOKEN:?a token that may write notes: BULKHEAD_TOKEN}" >"$settings"

call() {
  curl --config "$settings" --fail --silent --show-error "$@"
}

mine='map(select(.body | startswith("<!-- bulkhead plan -->"))) | first | .id // empty'
id=$(call "$notes?per_page=100&sort=asc" | jq --raw-output "$mine")
if [ -n "$id" ]; then
  call --request PUT --data-urlencode "body@$BULKHEAD_COMMENT" "$notes/$id" --output /dev/null
else
  call --request POST --data-urlencode "body@$BULKHEAD_COMMENT" "$notes" --output /dev/null
fi
