package org.jvmpprof.it.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Links every class of the jars in a directory, which verifies it, and has the JIT compile every
 * method with a monitor. Prints what cannot be linked and what the JIT refuses.
 */
public final class SweepProgram {
  private static final int C1 = 1;

  private final JitCompiler jit;
  private int linked;
  private int compiled;
  private int flagged;

  private SweepProgram(JitCompiler jit) {
    this.jit = jit;
  }

  public static void main(String[] args) throws Exception {
    String whiteBox =
        Runtime.version().feature() < 20 ? "sun.hotspot.WhiteBox" : "jdk.test.whitebox.WhiteBox";
    JitCompiler jit =
        Class.forName(whiteBox).asSubclass(JitCompiler.class).getConstructor().newInstance();
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      jars = files.sorted().toList();
    }
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), parent)) {
      new SweepProgram(jit).sweep(jars, loader);
    }
    // What is compiled is initialized, and some libraries start threads then.
    System.exit(0);
  }

  private void sweep(List<Path> jars, ClassLoader loader) throws IOException {
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile())) {
        jar.stream().forEach(entry -> visit(jar, entry, loader));
      }
    }
    System.out.println("linked=" + linked);
    System.out.println("compiled=" + compiled);
    System.out.println("flagged=" + flagged);
  }

  private void visit(JarFile jar, JarEntry entry, ClassLoader loader) {
    String path = entry.getName();
    if (path.endsWith(".class") && !path.startsWith("META-INF") && !path.contains("-info")) {
      String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
      try {
        Class<?> type = Class.forName(name, false, loader);
        List<Executable> methods = new ArrayList<>(List.of(type.getDeclaredMethods()));
        methods.addAll(List.of(type.getDeclaredConstructors()));
        linked++;
        compile(methods, withMonitors(jar, entry));
      } catch (ClassNotFoundException | LinkageError e) {
        System.out.println("unlinked " + name + ' ' + e.getClass().getSimpleName());
      }
    }
  }

  private void compile(List<Executable> methods, Set<String> names) {
    for (Executable method : methods) {
      int modifiers = method.getModifiers();
      String name = method instanceof Constructor ? "<init>" : method.getName();
      if (!names.contains(name) || Modifier.isAbstract(modifiers) || Modifier.isNative(modifiers)) {
        continue;
      }
      compiled++;
      flagged += Modifier.isSynchronized(modifiers) && method instanceof Method ? 1 : 0;
      if (!jit.compile(method, C1)) {
        System.out.println("refused " + method);
      }
    }
  }

  /** The names of methods that the class file says to have monitors. */
  private static Set<String> withMonitors(JarFile jar, JarEntry entry) {
    Set<String> names = new HashSet<>();
    try (InputStream in = jar.getInputStream(entry)) {
      new ClassReader(in).accept(new Monitors(names), ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  /** Collects names of methods. */
  private static final class Monitors extends ClassVisitor {
    private final Set<String> names;

    Monitors(Set<String> names) {
      super(Opcodes.ASM9);
      this.names = names;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
        names.add(name);
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInsn(int opcode) {
          if (opcode == Opcodes.MONITORENTER) {
            names.add(name);
          }
        }
      };
    }
  }
}
