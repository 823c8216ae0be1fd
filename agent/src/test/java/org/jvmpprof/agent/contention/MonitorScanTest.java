package org.jvmpprof.agent.contention;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;

class MonitorScanTest {
  private static final int ALL = MonitorScan.BLOCK | MonitorScan.WAIT | MonitorScan.SYNCHRONIZED;

  @Test
  void of_classWithEverything_allTraits() throws Exception {
    MonitorScan scan = scan("org.jvmpprof.agent.contention.WeavingSample");

    assertThat(scan.traits()).isEqualTo(ALL);
    assertThat(scan.majorVersion()).isEqualTo(61);
  }

  @Test
  void of_interfaceWithBlocks_onlyBlocks() throws Exception {
    assertThat(scan("org.jvmpprof.shapes.ShapesDefaults").traits()).isEqualTo(MonitorScan.BLOCK);
  }

  @Test
  void of_otherMethodNamedWait_nothing() throws Exception {
    assertThat(scan(Waiter.class.getName()).traits()).isZero();
  }

  @Test
  void of_switchesAndWideInstructions_readsOn() throws Exception {
    MonitorScan scan = scan(Switches.class.getName());

    assertThat(scan.traits()).isEqualTo(MonitorScan.BLOCK);
  }

  @Test
  void of_classOfTheJdkWithoutMonitors_nothing() throws Exception {
    assertThat(scan("java.lang.Integer").traits()).isZero();
  }

  @Test
  void traits_monitorWithoutHandler_onlyAmongAll() {
    MonitorScan scan = MonitorScan.of(classWithBareMonitor());

    assertThat(scan.traits()).isEqualTo(MonitorScan.SYNCHRONIZED);
    assertThat(scan.traits(0)).isZero();
    assertThat(scan.allTraits(0)).isEqualTo(MonitorScan.BLOCK);
    assertThat(scan.allTraits(1)).isEqualTo(MonitorScan.SYNCHRONIZED);
    assertThat(scan.allTraits(2)).isZero();
  }

  @Test
  void weave_monitorWithoutHandler_isNamedUnhooked() {
    byte[] classFile = classWithBareMonitor();

    Woven woven = requireNonNull(MonitorWeaver.weave(classFile, MonitorScan.of(classFile), ALL));

    assertThat(woven.unhooked()).containsExactly("bare()V");
  }

  @Test
  void of_truncatedAnywhere_nothing() throws Exception {
    byte[] whole = classFile("org.jvmpprof.agent.contention.WeavingSample");

    for (int length = 0; length < whole.length / 2; length++) {
      assertThat(MonitorScan.of(Arrays.copyOf(whole, length)).traits()).isZero();
    }
  }

  @Test
  void of_damagedAnywhere_endsWithoutException() throws Exception {
    byte[] whole = classFile("org.jvmpprof.agent.contention.WeavingSample");
    Random random = new Random(1);

    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 4; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(MonitorScan.of(damaged).traits()).isBetween(0, ALL);
    }
  }

  /** As no compiler makes it: if something were thrown, the monitor would stay held. */
  private static byte[] classWithBareMonitor() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_ABSTRACT, "Bare", null, "java/lang/Object", null);
    MethodVisitor bare = writer.visitMethod(Opcodes.ACC_STATIC, "bare", "()V", null, null);
    bare.visitCode();
    for (int opcode : new int[] {Opcodes.MONITORENTER, Opcodes.MONITOREXIT}) {
      bare.visitLdcInsn(Type.getObjectType("Bare"));
      bare.visitInsn(opcode);
    }
    bare.visitInsn(Opcodes.RETURN);
    bare.visitMaxs(0, 0);
    int flags = Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED;
    MethodVisitor whole = writer.visitMethod(flags, "whole", "()V", null, null);
    whole.visitCode();
    whole.visitInsn(Opcodes.RETURN);
    whole.visitMaxs(0, 0);
    writer.visitMethod(Opcodes.ACC_ABSTRACT, "none", "()V", null, null);
    return writer.toByteArray();
  }

  private static MonitorScan scan(String name) throws IOException {
    return MonitorScan.of(classFile(name));
  }

  private static byte[] classFile(String name) throws IOException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return in.readAllBytes();
    }
  }

  /** Has methods that are called as those of Object, with other parameters. */
  static final class Waiter {
    void wait(String what) {
      if (!what.isEmpty()) {
        new Waiter().wait(what.substring(1));
      }
    }
  }

  /** Has instructions whose length is not fixed, before the monitor. */
  static final class Switches {
    int sum(int key, String text) {
      int sum =
          switch (key) {
            case 1 -> 10;
            case 2 -> 20;
            case 3 -> 30;
            default -> 0;
          };
      sum +=
          switch (text) {
            case "a" -> 1;
            case "bb" -> 1000;
            case "ccc" -> 1_000_000;
            default -> sum + 1000;
          };
      sum += 30_000;
      synchronized (this) {
        return sum;
      }
    }
  }
}
