package org.jvmpprof.agent.contention;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Rewrites the methods of a class that have monitors; the others are copied byte by byte. */
final class MonitorWeaver extends ClassVisitor {
  /** From here on the code can name its own class, and every compiler writes plain ranges. */
  private static final int FIRST_VERSION = 49;

  private static final int FIRST_WITH_FRAMES = 50;
  private static final int MAX_LOCALS = 0xFFFF;

  private final ClassReader reader;
  private final MonitorScan scan;
  private final int traits;
  private final List<String> unhooked = new ArrayList<>();
  private int method;

  private MonitorWeaver(ClassReader reader, ClassWriter to, MonitorScan scan, int traits) {
    super(Opcodes.ASM9, to);
    this.reader = reader;
    this.scan = scan;
    this.traits = traits;
  }

  /**
   * Rewrites a class file.
   *
   * @param scan of this class file
   * @param traits what is rewritten, in the terms of the scan
   * @return null when there is nothing to do
   * @throws RuntimeException when the class file is not understood, or becomes too large
   */
  static @Nullable Woven weave(byte[] classFile, MonitorScan scan, int traits) {
    int present = scan.traits() & traits;
    if (present == 0) {
      return null;
    }
    if (scan.majorVersion() < FIRST_VERSION) {
      throw new IllegalArgumentException("class file version " + scan.majorVersion());
    }
    boolean drop = (present & MonitorScan.SYNCHRONIZED) != 0;
    ClassReader reader = reader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    MonitorWeaver weaver = new MonitorWeaver(reader, writer, scan, traits);
    reader.accept(weaver, readFrames(scan.majorVersion(), present));
    return new Woven(writer.toByteArray(), drop, weaver.unhooked);
  }

  private static int readFrames(int majorVersion, int present) {
    if (majorVersion < FIRST_WITH_FRAMES) {
      // The JVM does not look at them.
      return ClassReader.SKIP_FRAMES;
    }
    boolean change = (present & (MonitorScan.SYNCHRONIZED | MonitorScan.BLOCK)) != 0;
    return change ? ClassReader.EXPAND_FRAMES : 0;
  }

  /** One whose labels know their places. */
  private static ClassReader reader(byte[] classFile) {
    return new ClassReader(classFile) {
      @Override
      protected Label readLabel(int offset, Label[] labels) {
        Label label = super.readLabel(offset, labels);
        ExceptionRanges.place(label, offset);
        return label;
      }
    };
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    int has = scan.allTraits(method);
    int todo = has & traits;
    int number = method++;
    int maxLocals = scan.maxLocals(number);
    boolean drop = (todo & MonitorScan.SYNCHRONIZED) != 0;
    if ((has & MonitorScan.SYNCHRONIZED) != 0 && !drop) {
      unhooked.add(Woven.SYNCHRONIZED.concat(name).concat(descriptor));
    }
    int flags = drop ? access & ~Opcodes.ACC_SYNCHRONIZED : access;
    MethodVisitor writer = super.visitMethod(flags, name, descriptor, signature, exceptions);
    if (todo == 0) {
      return writer;
    }
    MethodVisitor body = drop ? synchronizedBody(writer, access, has, maxLocals) : writer;
    MethodVisitor calls = (todo & MonitorScan.WAIT) != 0 ? new WaitCalls(body) : body;
    return (todo & MonitorScan.BLOCK) != 0
        ? new MonitorBlocks(
            calls,
            name.concat(descriptor),
            unhooked,
            new ExceptionRanges(offset -> scan.endOfFreeing(number, offset)))
        : calls;
  }

  private MethodVisitor synchronizedBody(MethodVisitor to, int access, int has, int maxLocals) {
    if (maxLocals == MAX_LOCALS) {
      throw new IllegalArgumentException("no local variable is free");
    }
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    boolean framed = scan.majorVersion() >= FIRST_WITH_FRAMES;
    boolean hasBlocks = (has & MonitorScan.BLOCK) != 0;
    return new SynchronizedBody(to, isStatic, reader.getClassName(), hasBlocks, maxLocals, framed);
  }
}
