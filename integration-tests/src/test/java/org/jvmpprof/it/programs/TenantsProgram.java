package org.jvmpprof.it.programs;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Two applications in one JVM, each with a class loader and a copy of the Java API of its own, as
 * in an application server. The argument is the API's jar, which is not on the class path.
 */
public final class TenantsProgram {
  private TenantsProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    URL api = Path.of(args[0]).toUri().toURL();
    URL programs = TenantsProgram.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader first = tenant(api, programs);
        URLClassLoader second = tenant(api, programs)) {
      UnaryOperator<String> shop = application(first);
      UnaryOperator<String> blog = application(second);
      System.out.println("copies=" + !shop.getClass().equals(blog.getClass()));
      System.out.println("shop.install=" + shop.apply("install"));
      System.out.println("blog.install=" + blog.apply("install"));
      System.out.println("shop.open=" + shop.apply("open"));
      System.out.println("blog.open=" + blog.apply("open"));
      System.out.println("shop.count=" + shop.apply("count"));
      System.out.println("shop.start=" + shop.apply("start"));
      System.out.println("blog.start=" + blog.apply("start"));
      System.out.println("blog.stop=" + blog.apply("stop"));
      System.out.println("shop.bytes=" + shop.apply("bytes"));
      ((Executor) shop).execute(() -> labels(blog, "inShop"));
      ((Executor) shop).execute(() -> ((Executor) blog).execute(() -> labels(shop, "inBoth")));
      System.out.println("after=" + blog.apply("labels"));
    }
  }

  private static void labels(UnaryOperator<String> application, String where) {
    System.out.println(where + '=' + application.apply("labels"));
    System.out.println(application.apply("goroutine"));
  }

  private static URLClassLoader tenant(URL... jars) {
    return new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
  }

  /** The application in that loader, which shares only types of the JDK with this class. */
  @SuppressWarnings("unchecked")
  static UnaryOperator<String> application(ClassLoader loader) throws ReflectiveOperationException {
    return (UnaryOperator<String>)
        loader.loadClass(Tenant.class.getName()).getDeclaredConstructor().newInstance();
  }
}
