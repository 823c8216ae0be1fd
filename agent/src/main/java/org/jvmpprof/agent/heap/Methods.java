package org.jvmpprof.agent.heap;

import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Table;

/**
 * The names and lines of methods by the JVM's ids, which it never gives out twice, also not when
 * classes are unloaded.
 */
final class Methods {
  private static final int MAX_METHODS = 1 << 15;
  private static final int FIRST_SWEEP = 1 << 10;

  private static final Method UNLOADED = new Method(Function.named("[jvm] unloaded class"), null);

  private final AllocationSampler sampler;
  private final Table<Long, Method> methods = new Table<>();

  /** Each once: a class that is loaded again and again has the same names. */
  private final Table<Function, Function> functions = new Table<>();

  private int sweepAt = FIRST_SWEEP;

  Methods(AllocationSampler sampler) {
    this.sampler = sampler;
  }

  /** The frame at a bytecode index of a method. */
  Frame frame(long id, long location) {
    Method method = methods.get(id);
    if (method == null) {
      if (methods.size() >= sweepAt) {
        sweep();
      }
      method = read(id);
      methods.put(id, method);
    }
    return new Frame(method.function, method.line(location));
  }

  private Method read(long id) {
    String[] names = sampler.method(id);
    if (names == null) {
      return UNLOADED;
    }
    Function function = Function.java(ClassName.binary(names[0]), names[1]);
    Function known = functions.get(function);
    if (known == null) {
      functions.put(function, function);
      known = function;
    }
    return new Method(known, sampler.lines(id));
  }

  /** Forgets the methods of unloaded classes, each time there may be as many of those as others. */
  private void sweep() {
    methods.retain((id, method) -> sampler.method(id) != null);
    if (methods.size() > MAX_METHODS / 2) {
      methods.clear();
    }
    functions.clear();
    methods.forEach((id, method) -> functions.put(method.function, method.function));
    sweepAt = Math.max(FIRST_SWEEP, 2 * methods.size());
  }

  /** How many methods it knows. */
  int size() {
    return methods.size();
  }

  private static final class Method {
    final Function function;
    private final int @Nullable [] lines;

    Method(Function function, int @Nullable [] lines) {
      this.function = function;
      this.lines = lines;
    }

    /** The line whose code begins last at or before the location; the table is in no order. */
    int line(long location) {
      int line = 0;
      int nearest = -1;
      for (int i = 0; lines != null && i < lines.length; i += 2) {
        if (lines[i] <= location && lines[i] > nearest) {
          nearest = lines[i];
          line = lines[i + 1];
        }
      }
      return line;
    }
  }
}
