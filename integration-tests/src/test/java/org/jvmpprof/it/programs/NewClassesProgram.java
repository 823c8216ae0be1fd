package org.jvmpprof.it.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Makes a new class over and over, in a class loader of its own, and runs a little in it, each time
 * on another stack. Nothing of it stays reachable. Prints {@code classes=count} and the CPU time of
 * the thread, {@code cpu=nanos}.
 */
public final class NewClassesProgram {
  private static final String TEMPLATE = Template000000.class.getName();

  private NewClassesProgram() {}

  /**
   * Runs.
   *
   * @param args how many classes
   */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    byte[] template = templateBytes();
    int classes = Integer.parseInt(args[0]);
    for (int number = 1; number <= classes; number++) {
      Consumer<Integer> made = make(template, number);
      made.accept(number);
    }
    System.out.println("cpu=" + Cpu.threadNanos());
  }

  /** The template under another name of the same length, which keeps the class file valid. */
  @SuppressWarnings("unchecked")
  private static Consumer<Integer> make(byte[] template, int number)
      throws ReflectiveOperationException {
    String digits = "Template" + String.format("%06d", number);
    String renamed = new String(template, ISO_8859_1).replace("Template000000", digits);
    byte[] bytes = renamed.getBytes(ISO_8859_1);
    ClassLoader loader =
        new ClassLoader(NewClassesProgram.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) {
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    Class<?> made = loader.loadClass(TEMPLATE.replace("Template000000", digits));
    return (Consumer<Integer>) made.getDeclaredConstructor().newInstance();
  }

  private static byte[] templateBytes() throws IOException {
    String file = '/' + TEMPLATE.replace('.', '/') + ".class";
    try (InputStream in = NewClassesProgram.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }
}
