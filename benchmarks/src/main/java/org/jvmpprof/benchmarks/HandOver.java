package org.jvmpprof.benchmarks;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.profile.ProfileType;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The event buffer, and what the JDK has for the same purpose. */
@State(Scope.Benchmark)
public class HandOver {
  private static final int CAPACITY = 8192;

  private final AtomicLong counter = new AtomicLong();
  private final Event event = Samples.event();
  private final EventBuffer buffer = new EventBuffer(ProfileType.CPU, CAPACITY);
  private final ArrayBlockingQueue<Event> queue = new ArrayBlockingQueue<>(CAPACITY);

  long count() {
    return counter.incrementAndGet();
  }

  boolean offerToBuffer() {
    return buffer.offer(event);
  }

  void drainBuffer(Blackhole sink) {
    buffer.drainTo(sink::consume);
  }

  boolean offerToQueue() {
    return queue.offer(event);
  }

  void drainQueue(Blackhole sink) {
    Event next = queue.poll();
    while (next != null) {
      sink.consume(next);
      next = queue.poll();
    }
  }
}
