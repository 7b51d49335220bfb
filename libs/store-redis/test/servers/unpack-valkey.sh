#!/bin/sh
# Unpacks Debian's valkey-server into a directory, with an apt state of its own: nothing on the system changes, and
# no root is needed. Bookworm has it in its backports alone.
set -eu
directory=$1

. /etc/os-release
case "$VERSION_CODENAME" in
bookworm) suite=bookworm-backports ;;
*) suite=$VERSION_CODENAME ;;
esac

mkdir -p "$directory/lists/partial" "$directory/cache/archives/partial"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] http://deb.debian.org/debian $suite main" >"$directory/sources.list"
apt() {
  apt-get -qq -o "Dir::State::Lists=$directory/lists" -o "Dir::Cache=$directory/cache" \
    -o "Dir::Etc::sourcelist=$directory/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o APT::Sandbox::User="$(id -un)" "$@"
}
apt update
cd "$directory"
# The server's program is a link into the package of the tools.
apt download valkey-server valkey-tools
for package in *.deb; do
  dpkg-deb -x "$package" root
done
rm -rf lists cache ./*.deb
