package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpinSitesTest {
  private static final String JUC = "java/util/concurrent/";

  @Test
  void weave_exchangerAndPhaser_timeTheirSpins() throws IOException {
    assertThat(hooks(JUC + "Exchanger")).containsExactly("parking", "spinning");
    assertThat(hooks(JUC + "Phaser")).containsExactly("parking", "spinning");
  }

  @Test
  void weave_synchronousQueue_timesItsSpinsWhereThisJdkHasThem() throws IOException {
    Set<String> hooks = new TreeSet<>();
    for (String name : List.of("SynchronousQueue$TransferStack", "LinkedTransferQueue$DualNode")) {
      hooks.addAll(hooks(JUC + name));
    }

    assertThat(hooks).contains("parking", "spinning");
  }

  @Test
  void weave_forkJoinPool_parksWithoutLockSupportAreTimed() throws IOException {
    boolean direct = Runtime.version().feature() >= 24;

    assertThat(hooks(JUC + "ForkJoinPool").contains("parkBefore")).isEqualTo(direct);
  }

  @Test
  void weave_pollerOfVirtualThreads_parksOnItself() throws IOException {
    byte[] classFile = classFile("sun/nio/ch/Poller");
    Set<String> calls = new TreeSet<>();
    if (classFile != null) {
      byte[] woven = SpinSites.weave(classFile, MonitorScan.of(classFile));
      new ClassReader(Objects.requireNonNull(woven)).accept(new Calls(calls), 0);
    }

    assertThat(calls.contains("setCurrentBlocker")).isEqualTo(Runtime.version().feature() >= 21);
  }

  @Test
  void weave_classThatDoesNotSpin_isLeftAlone() throws IOException {
    byte[] classFile = Objects.requireNonNull(classFile(JUC + "CountDownLatch"));

    assertThat(SpinSites.weave(classFile, MonitorScan.of(classFile))).isNull();
  }

  /**
   * The hooks that the class calls after it was rewritten; none when this JDK has no such class.
   */
  private static Set<String> hooks(String name) throws IOException {
    byte[] classFile = classFile(name);
    byte[] woven = classFile == null ? null : SpinSites.weave(classFile, MonitorScan.of(classFile));
    Set<String> hooks = new TreeSet<>();
    if (woven != null) {
      new ClassReader(woven).accept(new Calls(hooks), 0);
    }
    return hooks;
  }

  private static byte @Nullable [] classFile(String name) throws IOException {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static final class Calls extends ClassVisitor {
    private final Set<String> hooks;

    Calls(Set<String> hooks) {
      super(Opcodes.ASM9);
      this.hooks = hooks;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String methodDescriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          if (owner.startsWith("java/lang/JvmPprof") || name.equals("setCurrentBlocker")) {
            hooks.add(name);
          }
        }
      };
    }
  }
}
