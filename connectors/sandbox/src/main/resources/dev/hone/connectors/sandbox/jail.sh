#!/bin/sh
# Runs a command where it sees nothing but what it needs. It is called in new mount, process, network, IPC and host name
# namespaces, as root of a user namespace or of the machine, with ROOT an empty directory, FILES what is put into /work, and
# READ the directories to show, one on each line, together with the limits DISK (MiB), MEMORY (bytes a process), PROCESSES,
# SECONDS (of CPU time a process) and BYTES (of a file). The command is in the arguments.
set -eu
umask 022
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

mount -t tmpfs -o "mode=755,size=1m,nr_inodes=4k" none "$ROOT"
cd "$ROOT"
mkdir proc dev etc tmp work old

show() {
  case $1 in
    */*) mkdir -p "${1%/*}" ;;
  esac
  if [ -L "/$1" ]; then
    cp -P "/$1" "$1"
  elif [ -d "/$1" ]; then
    mkdir -p "$1"
    mount --rbind "/$1" "$1"
    mount -o remount,bind,ro,nosuid,nodev "$1"
  elif [ -e "/$1" ]; then
    : > "$1"
    mount --bind "/$1" "$1"
  fi
}

for directory in usr bin sbin lib lib32 lib64 etc/alternatives; do
  show "$directory"
done
for device in null zero full random urandom; do
  show "dev/$device"
done
ln -s /proc/self/fd dev/fd
printf '%s\n' "$READ" | while IFS= read -r directory; do
  [ -z "$directory" ] || show "${directory#/}"
done

mount -t proc -o nosuid,nodev,noexec none proc
mount -t tmpfs -o "mode=1777,nosuid,nodev,size=${DISK}m,nr_inodes=16k" none work
cp -R "$FILES/." work/
chmod -R a+rwX work
mkdir work/.tmp
chmod 1777 work/.tmp
rmdir tmp
ln -s /work/.tmp tmp

pivot_root . old
umount -l /old
rmdir /old
mount -o remount,bind,ro /
cd /work

limits="--as=$MEMORY --nproc=$PROCESSES --cpu=$SECONDS --fsize=$BYTES --nofile=256 --core=0 --memlock=0 --msgqueue=0"
# Inside, nobody can make namespaces, gain rights, or leave the limits.
inside='echo 0 > /proc/sys/user/max_user_namespaces
  exec env -i PATH=/usr/bin:/bin HOME=/work TMPDIR=/tmp LANG=C.UTF-8 \
    prlimit $LIMITS setpriv --no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all "$@"'
export LIMITS="$limits"
if [ -n "$USER_ID" ]; then
  # The machine's root is nobody inside: limits do not hold for it.
  set -- setpriv --reuid="$USER_ID" --regid="$USER_ID" --clear-groups unshare --user --map-root-user \
    sh -c "$inside" sh "$@"
else
  set -- sh -c "$inside" sh "$@"
fi
# The first process of the namespace stays, so that the command is an ordinary one; all others end with it.
status=0
"$@" || status=$?
exit "$status"
