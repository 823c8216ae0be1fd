package org.jvmpprof.agent.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import one.jfr.ClassRef;
import one.jfr.Dictionary;
import one.jfr.JfrReader;
import one.jfr.MethodRef;
import one.jfr.StackTrace;
import one.jfr.event.ExecutionSample;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

/**
 * One chunk of an async-profiler recording, in JFR's format: the samples and what they refer to.
 */
final class AsyncChunk {
  /** With the root of a thread that is not Java's. */
  private static final int MAX_NATIVE_FRAMES = 127;

  private static final Function UNKNOWN = Function.named("[unknown]");

  // Frame types: JFR's, in which async-profiler counts C functions as native.
  private static final int NATIVE = 3;
  private static final int CPP = 4;
  private static final int KERNEL = 5;

  private final JfrReader jfr;
  private final CutStacks cutStacks;
  private final Dictionary<Function> functions = new Dictionary<>();
  private final Dictionary<List<Frame>> stacks = new Dictionary<>();

  /** Reads the chunk's constant pools. */
  AsyncChunk(ByteBuffer chunk, CutStacks cutStacks) throws IOException {
    jfr = new JfrReader(chunk);
    this.cutStacks = cutStacks;
  }

  /**
   * Hands all samples over, in the order in which they were recorded.
   *
   * @param epochShiftNanos what to add to a sample's monotonic time to get its time since 1970
   * @return how many periods of CPU time they stand for
   */
  long deliver(long epochShiftNanos, CpuSink sink) throws IOException {
    long samples = 0;
    ExecutionSample sample = jfr.readEvent(ExecutionSample.class);
    while (sample != null) {
      Long threadId = jfr.javaThreads.get(sample.tid);
      long nanoTime = (long) (sample.time * jfr.nanosPerTick);
      long id = threadId == null ? 0 : threadId;
      List<Frame> frames = cutStacks.completed(stack(sample, id), id, nanoTime);
      sink.sample(epochShiftNanos + nanoTime, id, frames, sample.samples);
      samples += sample.samples;
      sample = jfr.readEvent(ExecutionSample.class);
    }
    return samples;
  }

  private List<Frame> stack(ExecutionSample sample, long threadId) {
    List<Frame> frames = stacks.get(sample.stackTraceId);
    if (frames == null) {
      frames = frames(jfr.stackTraces.get(sample.stackTraceId));
      stacks.put(sample.stackTraceId, frames);
    }
    return threadId != 0 ? frames : rooted(frames, sample);
  }

  /** Work of the JVM itself or of native code gets a root that says whose it is. */
  private List<Frame> rooted(List<Frame> frames, ExecutionSample sample) {
    String name = jfr.threads.get(sample.tid);
    boolean ended = name == null || name.startsWith("[tid=");
    // A thread with Java code that ended before anybody asked for its name.
    if (ended && frames.stream().anyMatch(frame -> !frame.function().file().isEmpty())) {
      return frames;
    }
    List<Frame> rooted =
        new ArrayList<>(frames.subList(0, Math.min(frames.size(), MAX_NATIVE_FRAMES)));
    rooted.add(new Frame(Function.named(ended ? "[jvm] other" : JvmThreadNames.root(name)), 0));
    return rooted;
  }

  private List<Frame> frames(@Nullable StackTrace trace) {
    if (trace == null || trace.methods.length == 0) {
      return List.of(new Frame(UNKNOWN, 0));
    }
    List<Frame> frames = new ArrayList<>(trace.methods.length);
    for (int i = 0; i < trace.methods.length; i++) {
      // The upper half of a location is the line, the lower the bytecode index.
      frames.add(new Frame(function(trace.methods[i], trace.types[i]), trace.locations[i] >>> 16));
    }
    return List.copyOf(frames);
  }

  private Function function(long methodId, byte type) {
    Function function = functions.get(methodId);
    if (function == null) {
      function = resolve(jfr.methods.get(methodId), type);
      functions.put(methodId, function);
    }
    return function;
  }

  private Function resolve(@Nullable MethodRef method, byte type) {
    if (method == null) {
      return UNKNOWN;
    }
    String methodName = symbol(method.name);
    ClassRef owner = jfr.classes.get(method.cls);
    String className = owner == null ? "" : symbol(owner.name);
    boolean java = type != NATIVE && type != CPP && type != KERNEL && !className.isEmpty();
    return java
        ? Function.java(binaryName(className), methodName)
        : Function.named(methodName.isEmpty() ? className : marked(methodName));
  }

  /** Why a stack could not be walked to its root is no function, and looks like none. */
  private static String marked(String methodName) {
    return methodName.startsWith("break_") ? "[" + methodName + "]" : methodName;
  }

  /** From the JVM's form, in which the suffix of a hidden class follows a dot, to Java's. */
  private static String binaryName(String internalName) {
    return internalName.replace(".0x", "+0x").replace('/', '.').replace("+0x", "/0x");
  }

  private String symbol(long id) {
    byte[] bytes = jfr.symbols.get(id);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
