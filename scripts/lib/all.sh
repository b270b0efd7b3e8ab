# Every piece, in the order in which they build on each other. Sourced, never run.
# shellcheck shell=bash

pieces=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=scripts/lib/common.sh
. "$pieces/common.sh"
# shellcheck source=scripts/lib/toolchain.sh
. "$pieces/toolchain.sh"
# shellcheck source=scripts/lib/tools.sh
. "$pieces/tools.sh"
# shellcheck source=scripts/lib/services.sh
. "$pieces/services.sh"
# shellcheck source=scripts/lib/system.sh
. "$pieces/system.sh"
