package org.jvmpprof.agent.threads;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.threads.LiveThreads.LiveThread;

/**
 * Which lock a platform thread waits for, and who holds it. Asked without stopping any thread, a
 * little after the stacks were taken. The JVM tells nothing of virtual threads.
 */
final class LockOwners {
  private final Map<Long, ThreadInfo> infos = new HashMap<>();

  private LockOwners() {}

  /** What is known; nothing where the module java.management is missing. */
  static LockOwners of(List<LiveThread> threads) {
    LockOwners owners = new LockOwners();
    long[] ids = threads.stream().mapToLong(live -> JavaThreads.id(live.thread())).toArray();
    try {
      for (ThreadInfo info : ManagementFactory.getThreadMXBean().getThreadInfo(ids)) {
        if (info != null && info.getLockInfo() != null) {
          owners.infos.put(info.getThreadId(), info);
        }
      }
    } catch (NoClassDefFoundError | SecurityException e) {
      return new LockOwners();
    }
    return owners;
  }

  /** E.g. {@code lock:java.lang.Object@1f owner:12 "main"}; empty when it waits for none. */
  String describe(long threadId) {
    ThreadInfo info = infos.get(threadId);
    return info == null ? "" : " lock:" + info.getLockName() + owner(info);
  }

  private static String owner(ThreadInfo info) {
    @Nullable String name = info.getLockOwnerName();
    return name == null ? "" : " owner:" + info.getLockOwnerId() + ' ' + GoroutineText.quote(name);
  }
}
