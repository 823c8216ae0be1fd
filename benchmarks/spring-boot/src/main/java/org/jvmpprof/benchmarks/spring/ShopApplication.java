package org.jvmpprof.benchmarks.spring;

import java.io.FileInputStream;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a web server with a database behind it, says hello when it is ready, and ends. */
@SpringBootApplication
public class ShopApplication {
  /** Runs; prints {@code /proc/self/status} after the greeting. */
  public static void main(String[] args) throws IOException {
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            ShopApplication.class, "--server.port=0", "--logging.level.root=warn")) {
      System.out.println("hello " + context.getBean(Orders.class).count());
      try (FileInputStream status = new FileInputStream("/proc/self/status")) {
        System.out.write(status.readAllBytes());
      }
      System.out.flush();
    }
  }
}
