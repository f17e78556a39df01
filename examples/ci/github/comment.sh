#!/bin/sh
# Puts a file as a comment on a pull request, over the one of the last time if there is one. By the environment:
#   GH_TOKEN, GITHUB_REPOSITORY   as GitHub gives them; the token may write pull requests, and needs nothing else
#   PULL_REQUEST                  the pull request's number
#   BULKHEAD_COMMENT              the file
set -eu

case ${PULL_REQUEST:?say which pull request: PULL_REQUEST} in
  *[!0-9]*)
    echo "PULL_REQUEST is no number" >&2
    exit 1
    ;;
esac
comments=repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments
mine='.[] | select(.user.type == "Bot" and (.body | startswith("<!-- bulkhead plan -->"))) | .id'
id=$(gh api --paginate "$comments" --jq "$mine" | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$BULKHEAD_COMMENT" --silent
else
  gh api --method POST "$comments" --field "body=@$BULKHEAD_COMMENT" --silent
fi
