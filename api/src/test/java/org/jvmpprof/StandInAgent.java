package org.jvmpprof;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Plays the agent: keeps the calls that it gets, and answers as it was told. */
final class StandInAgent implements BiFunction<String, Object[], @Nullable Object> {
  private final Map<String, Object> answers = new HashMap<>();
  private final List<List<Object>> calls = new ArrayList<>();

  /** An agent that has started. */
  static StandInAgent serving() {
    StandInAgent agent = new StandInAgent();
    serve(agent);
    return agent;
  }

  /** There is none any more. */
  static void end() {
    serve(null);
  }

  /** Answers this call so from now on; an exception is thrown. */
  StandInAgent answering(String name, Object answer) {
    answers.put(name, answer);
    return this;
  }

  /** Each call so far, its name and arguments. */
  List<List<Object>> calls() {
    return calls;
  }

  @Override
  public @Nullable Object apply(String name, Object[] arguments) {
    List<Object> call = new ArrayList<>(List.of(name));
    call.addAll(Arrays.asList(arguments));
    calls.add(call);
    Object answer = answers.get(name);
    if (answer instanceof RuntimeException thrown) {
      throw thrown;
    }
    return answer;
  }

  static void serve(@Nullable BiFunction<String, Object[], @Nullable Object> answers) {
    try {
      Class<?> hook = Class.forName("java.lang.JvmPprofApi", false, null);
      Method serve = hook.getDeclaredMethod("serve", BiFunction.class);
      serve.setAccessible(true);
      serve.invoke(null, answers);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the class in java.base is not as expected", e);
    }
  }
}
