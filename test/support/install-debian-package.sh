#!/bin/sh
# Installs a Debian package, as root, without starting a service that comes with it.
set -eu
package=$1
policy=/usr/sbin/policy-rc.d

# What maintainer scripts ask before they start a service; 101 forbids it (invoke-rc.d(8)).
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\n# While the tests of gateway-queue install a package.\nexit 101\n' >"$policy"
  chmod +x "$policy"
fi
answer=0
"$policy" "$package" start || answer=$?
if [ "$answer" -ne 101 ]; then
  echo "$policy would let services of $package start" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive LC_ALL=C
install() {
  apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$package"
}
# A list that is missing or older than the archive is mended by an update, which may fail for another archive.
install || { apt-get update || true; install; }
