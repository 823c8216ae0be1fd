package org.jvmpprof.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a source tree with javac, in this process, over and over. */
public final class JavacProgram {
  private JavacProgram() {}

  /**
   * Compiles until the time is over and the last compilation is complete.
   *
   * @param args the source tree, a directory for class files, the time in seconds
   */
  public static void main(String[] args) throws IOException {
    List<Path> sources = sources(Path.of(args[0]));
    List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-d", args[1]);
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[2])).toNanos();
    int compilations = 0;
    do {
      compile(sources, options);
      compilations++;
    } while (System.nanoTime() < end);
    System.out.println("files=" + sources.size());
    System.out.println("compilations=" + compilations);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static void compile(List<Path> sources, List<String> options) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      if (!javac.getTask(null, files, message -> {}, options, null, units).call()) {
        throw new IllegalStateException("the source tree does not compile");
      }
    }
  }
}
