# Sourced by mvnw and hone: exports JAVA_HOME, a JDK of the version below or newer, or stops with what to do.
# Looked at, in this order: JAVA_HOME, the java on the PATH, the usual folders of Linux, macOS and SDKMAN.
hone_jdk_needed=21

hone_jdk_version() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
}

hone_find_jdk() {
  on_path=$(command -v javac 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
  found= best=0
  for candidate in "${JAVA_HOME:-}" "$on_path"; do
    [ -n "$candidate" ] || continue
    v=$(hone_jdk_version "$candidate")
    if [ "${v:-0}" -ge $hone_jdk_needed ]; then JAVA_HOME=$candidate; export JAVA_HOME; return 0; fi
  done
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
      "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$candidate" ] || continue
    v=$(hone_jdk_version "$candidate")
    if [ "${v:-0}" -ge $hone_jdk_needed ] && [ "$v" -gt "$best" ]; then found=$candidate best=$v; fi
  done
  if [ -n "$found" ]; then JAVA_HOME=$found; export JAVA_HOME; return 0; fi
  echo "Hone needs a JDK $hone_jdk_needed or newer, and found none in JAVA_HOME, on the PATH or in the usual folders." >&2
  echo "Install one (Debian/Ubuntu: apt-get install openjdk-21-jdk; macOS: brew install openjdk; or any vendor's JDK)" >&2
  echo "and set JAVA_HOME to its folder if it lies elsewhere." >&2
  exit 1
}
hone_find_jdk
