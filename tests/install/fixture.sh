#!/usr/bin/env bash
# The answers that the module's and the page's tests read are those that the extension gives.
source "$(dirname "$0")/claims.sh"

claim "the regress tests have written every outcome's answer" test -s build/regress/outcomes.json
claim "tests/fixtures/outcomes.json is what they wrote" \
    diff -u tests/fixtures/outcomes.json build/regress/outcomes.json
exit $status
