package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.junit.jupiter.api.Test;
import org.jvmpprof.shapes.RecordingHook;
import org.jvmpprof.shapes.Shapes;

class HookOrderTest {
  private static final String SHAPES = "org.jvmpprof.shapes.Shapes";

  @Test
  void shapes_woven_returnWhatTheyReturnUnwoven() throws Exception {
    assertThat(results(new WovenLoader().loadClass(SHAPES))).isEqualTo(results(Shapes.class));
  }

  @Test
  void shapes_woven_eachEnterAndExitHasItsHooks() throws Exception {
    Map<String, String> counts = new TreeMap<>();
    for (var shape : shapes(new WovenLoader().loadClass(SHAPES)).entrySet()) {
      RecordingHook.takeCounts();
      shape.getValue().call();
      counts.put(shape.getKey(), RecordingHook.takeCounts());
    }

    assertThat(counts)
        .containsEntry("constructor", "1 entered, 0 again, 1 freed")
        .containsEntry("nested", "2 entered, 0 again, 2 freed")
        .containsEntry("nestedEarlyReturn", "2 entered, 0 again, 2 freed")
        .containsEntry("recursive", "6 entered, 5 again, 1 freed")
        .containsEntry("earlyReturn", "1 entered, 0 again, 1 freed")
        .containsEntry("returnInTry", "1 entered, 0 again, 1 freed")
        .containsEntry("exceptionOut", "1 entered, 0 again, 1 freed")
        .containsEntry("onlyExceptionOut", "1 entered, 0 again, 1 freed")
        .containsEntry("exceptionOutOfTwo", "2 entered, 0 again, 2 freed")
        .containsEntry("caughtInside", "1 entered, 0 again, 1 freed")
        .containsEntry("nullLock", "0 entered, 0 again, 0 freed")
        .containsEntry("staticMethod", "1 entered, 0 again, 1 freed")
        .containsEntry("instanceMethod", "1 entered, 0 again, 1 freed")
        .containsEntry("methodThatThrows", "1 entered, 0 again, 1 freed")
        .containsEntry("methodWithBlocks", "3 entered, 2 again, 1 freed")
        .containsEntry("methodThatLoops", "1 entered, 0 again, 1 freed")
        .containsEntry("blockAsJumpTarget", "1 entered, 0 again, 1 freed")
        .containsEntry("breakAndContinue", "45 entered, 0 again, 45 freed")
        .containsEntry("lambda", "1 entered, 0 again, 1 freed")
        .containsEntry("bridge", "1 entered, 0 again, 1 freed")
        .containsEntry("interfaceDefault", "1 entered, 0 again, 1 freed")
        .containsEntry("interfaceStatic", "1 entered, 0 again, 1 freed");
  }

  @Test
  void shapes_hookOverflowsTheStackAtAnExit_lockIsFreedAndNothingLoops() throws Exception {
    var shapes = shapes(new WovenLoader().loadClass(SHAPES));
    for (String shape :
        List.of("exceptionOut", "onlyExceptionOut", "exceptionOutOfTwo", "methodThatThrows")) {
      RecordingHook.overflowAtExits();
      var body = Objects.requireNonNull(shapes.get(shape));
      assertThatThrownBy(body::call).as(shape).isInstanceOf(StackOverflowError.class);
      assertThat(RecordingHook.takeHeld()).as(shape).isZero();
    }
  }

  @Test
  void weave_flagsKept_blocksOnlyAndMethodsNamed() throws Exception {
    byte[] classFile = classFile(SHAPES);

    Woven woven = weave(classFile, MonitorScan.BLOCK);

    assertThat(woven.flagsDropped()).isFalse();
    assertThat(woven.unhooked())
        .extracting(monitor -> monitor.replaceFirst("\\(.*", ""))
        .contains("synchronized staticMethod", "synchronized methodWithBlocks")
        .doesNotContain("nested", "lambda");
  }

  private static Map<String, Object> results(Class<?> shapes) throws Exception {
    Map<String, Object> results = new TreeMap<>();
    for (var shape : shapes(shapes).entrySet()) {
      results.put(shape.getKey(), shape.getValue().call());
    }
    return results;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Callable<Object>> shapes(Class<?> shapes) throws Exception {
    return (Map<String, Callable<Object>>) shapes.getMethod("all").invoke(null);
  }

  private static Woven weave(byte[] classFile, int traits) {
    return Objects.requireNonNull(
        MonitorWeaver.weave(classFile, MonitorScan.of(classFile), traits));
  }

  private static byte[] classFile(String name) throws IOException {
    try (InputStream in =
        HookOrderTest.class.getResourceAsStream('/' + name.replace('.', '/') + ".class")) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  /** Loads the shapes again, woven, with a hook that takes notes. */
  private static final class WovenLoader extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(SHAPES)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      try {
        return loaded == null ? define(name) : loaded;
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private Class<?> define(String name) throws IOException {
      byte[] original = classFile(name);
      Woven woven = weave(original, MonitorScan.BLOCK | MonitorScan.SYNCHRONIZED);
      ClassWriter writer = new ClassWriter(0);
      SimpleRemapper toRecording =
          new SimpleRemapper(
              Opcodes.ASM9, HookCalls.HOOK, RecordingHook.class.getName().replace('.', '/'));
      new ClassReader(woven.classFile()).accept(new ClassRemapper(writer, toRecording), 0);
      byte[] classFile = writer.toByteArray();
      return defineClass(name, classFile, 0, classFile.length);
    }
  }
}
