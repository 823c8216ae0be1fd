package org.jvmpprof.agent.contention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseSitesTest {
  @Test
  void weave_queuedSynchronizers_onlyReleasesAreHooked() throws IOException {
    assertThat(hooked("AbstractQueuedSynchronizer")).containsExactly("release", "releaseShared");
    assertThat(hooked("AbstractQueuedLongSynchronizer"))
        .containsExactly("release", "releaseShared");
  }

  @Test
  void weave_stampedLock_onlyReleasesAreHooked() throws IOException {
    assertThat(hooked("StampedLock"))
        .containsExactly(
            "releaseWrite",
            "tryConvertToOptimisticRead",
            "tryConvertToReadLock",
            "tryUnlockRead",
            "unlockRead",
            "unstampedUnlockRead");
  }

  @Test
  void weave_locksThatWakeInAnotherWay_saysSo() throws IOException {
    byte[] other = classFile("ReentrantLock");

    assertThatThrownBy(() -> ReleaseSites.weave(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mutex misses who releases it");
  }

  /** The methods of a class that tell the hook. */
  private static Set<String> hooked(String name) throws IOException {
    Set<String> methods = new TreeSet<>();
    new ClassReader(ReleaseSites.weave(classFile(name))).accept(new Hooked(methods), 0);
    return methods;
  }

  private static byte[] classFile(String name) throws IOException {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream("java/util/concurrent/locks/" + name + ".class")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static final class Hooked extends ClassVisitor {
    private final Set<String> methods;

    Hooked(Set<String> methods) {
      super(Opcodes.ASM9);
      this.methods = methods;
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
          if (owner.equals(HookCalls.HOOK) && name.equals("handingOver")) {
            methods.add(method);
          }
        }
      };
    }
  }
}
