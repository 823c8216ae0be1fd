package org.jvmpprof.agent.contention;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the JDK that wait in ways which LockSupport alone does not show: they spin or
 * yield before they park, park without it, or park for what is no wait.
 */
final class SpinSites {
  /** Classes that spin, or yield the processor, before they park. */
  private static final List<String> SPINNING =
      List.of(
          // exchange
          "java/util/concurrent/Exchanger",
          // put, take, offer and poll of a SynchronousQueue up to JDK 20
          "java/util/concurrent/SynchronousQueue$TransferStack",
          "java/util/concurrent/SynchronousQueue$TransferQueue",
          // the same since, and transfer, take and poll of a LinkedTransferQueue
          "java/util/concurrent/LinkedTransferQueue",
          "java/util/concurrent/LinkedTransferQueue$DualNode",
          // arriveAndAwaitAdvance, awaitAdvance
          "java/util/concurrent/Phaser");

  /** Classes of JDKs with JEP 491 that park without LockSupport. */
  private static final List<String> PARKING =
      List.of(
          // awaitWork: workers without work
          "java/util/concurrent/ForkJoinPool",
          // loop: the thread that looks for the next delayed task
          "java/util/concurrent/DelayScheduler");

  /** Where virtual threads park for input and output, which is no wait; from JDK 21 on. */
  private static final String POLLER = "sun/nio/ch/Poller";

  private SpinSites() {}

  /** The internal names of all. */
  static List<String> names(boolean waitIsNative) {
    List<String> names = new ArrayList<>(SPINNING);
    names.add(POLLER);
    if (!waitIsNative) {
      names.addAll(PARKING);
    }
    return names;
  }

  /** Rewrites one of them; null when there is nothing to do. */
  static byte @Nullable [] weave(byte[] classFile, MonitorScan scan) {
    ClassReader reader = new ClassReader(classFile);
    if (reader.getClassName().equals(POLLER)) {
      return PollerParks.weave(reader);
    }
    Set<String> waiting = new HashSet<>();
    reader.accept(new Finder(waiting), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    if (waiting.isEmpty()) {
      return null;
    }
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Hooks(writer, waiting, scan), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** Finds the methods that spin and then park, or park on their own. */
  private static final class Finder extends ClassVisitor {
    private final Set<String> found;

    Finder(Set<String> found) {
      super(Opcodes.ASM9);
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String methodDescriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        private boolean spins;
        private boolean parks;

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          spins |= SpinCalls.isSpin(owner, name);
          parks |= SpinCalls.isPark(owner, name);
          if ((spins && parks) || SpinCalls.isDirectPark(owner, name)) {
            found.add(method.concat(methodDescriptor));
          }
        }
      };
    }
  }

  /** Puts hooks into the methods that were found. */
  private static final class Hooks extends ClassVisitor {
    private final Set<String> waiting;
    private final MonitorScan scan;
    private int method;

    Hooks(ClassVisitor to, Set<String> waiting, MonitorScan scan) {
      super(Opcodes.ASM9, to);
      this.waiting = waiting;
      this.scan = scan;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor writer = super.visitMethod(access, name, descriptor, signature, exceptions);
      int maxLocals = scan.maxLocals(method++);
      return waiting.contains(name.concat(descriptor)) ? new SpinCalls(writer, maxLocals) : writer;
    }
  }
}
