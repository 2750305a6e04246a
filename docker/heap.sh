# Sizes the heap for the container, for whoever starts Katydid in the image: the entry point, or the program itself where
# another image has its own. Sets KATYDID_JAVA_OPTS; once.
#
#   KATYDID_HEAP_PERCENT    the heap's share of the container's memory; default 60, in small containers less

# Prints the container's memory limit in MiB, if it has one.
memory_limit() {
  own1=$(sed -n 's/^[0-9]*:[a-z,]*memory[a-z,]*:\(.*\)/\1/p' /proc/self/cgroup 2>/dev/null)
  own2=$(sed -n 's/^0:://p' /proc/self/cgroup 2>/dev/null)
  least=
  for file in "/sys/fs/cgroup/memory$own1/memory.limit_in_bytes" /sys/fs/cgroup/memory/memory.limit_in_bytes \
    "/sys/fs/cgroup$own2/memory.max" /sys/fs/cgroup/memory.max; do
    bytes=$(cat "$file" 2>/dev/null) || continue
    case $bytes in
      '' | *[!0-9]* | ????????????????*) continue ;; # "max", or a number so large that it is none
    esac
    [ -n "$least" ] && [ "$least" -le "$bytes" ] || least=$bytes
  done
  [ -z "$least" ] || echo $((least / 1048576))
}

# In a small container a share would leave too little for all that is not heap: that needs the same everywhere.
heap_option() {
  limit=$(memory_limit)
  besides=290
  least_heap=96
  if [ -z "${KATYDID_HEAP_PERCENT:-}" ] && [ -n "$limit" ] && [ $((limit * 40 / 100)) -lt $besides ]; then
    megabytes=$((limit - besides))
    [ $megabytes -ge $least_heap ] || megabytes=$least_heap
    echo "-Xmx${megabytes}m"
  else
    echo "-XX:MaxRAMPercentage=${KATYDID_HEAP_PERCENT:-60}"
  fi
}

# An out-of-memory error ends the container, so that it is started anew, instead of leaving half a program. With a share
# given the JVM would leave compressed pointers in big containers, and with them the start-up cache, unless told to keep them.
size_heap() {
  case ${KATYDID_JAVA_OPTS:-} in
    *ExitOnOutOfMemoryError*) return 0 ;;
    *-Xmx* | *MaxRAMPercentage*) heap= ;;
    *) heap="-XX:+UseCompressedOops $(heap_option)" ;;
  esac
  export KATYDID_JAVA_OPTS="-XX:+ExitOnOutOfMemoryError ${heap:+$heap }${KATYDID_JAVA_OPTS:-}"
}
