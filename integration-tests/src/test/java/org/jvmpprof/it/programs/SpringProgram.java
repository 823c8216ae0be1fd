package org.jvmpprof.it.programs;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** A Spring context with beans, events, expressions and a pool. Prints what they did. */
public final class SpringProgram {
  private SpringProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    try (var context = new AnnotationConfigApplicationContext(Shop.class)) {
      Orders orders = context.getBean(Orders.class);
      ThreadPoolTaskExecutor executor = context.getBean(ThreadPoolTaskExecutor.class);
      Future<?> some = executor.submit(() -> orders.place(1_000));
      Future<?> more = executor.submit(() -> orders.place(1_000));
      some.get();
      more.get();
      System.out.println("orders=" + context.getBean(Ledger.class).total());
      System.out.println("answer=" + context.getBean(Answers.class).answer);
      System.out.println("beans=" + List.of(context.getBeanDefinitionNames()));
    }
  }

  /** What the context is made of. */
  @Configuration
  public static class Shop {
    @Bean
    Orders orders(ApplicationEventPublisher events) {
      return new Orders(events);
    }

    @Bean
    Ledger ledger() {
      return new Ledger();
    }

    @Bean
    @Lazy
    Answers answers(@Value("#{6 * 7}") int answer) {
      return new Answers(answer);
    }

    @Bean
    ThreadPoolTaskExecutor executor() {
      ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
      executor.setCorePoolSize(2);
      return executor;
    }
  }

  /** An order was placed. */
  public record Placed(int cents) {}

  /** Places orders. */
  public static class Orders {
    private final ApplicationEventPublisher events;

    Orders(ApplicationEventPublisher events) {
      this.events = events;
    }

    void place(int count) {
      for (int i = 0; i < count; i++) {
        events.publishEvent(new Placed(i));
      }
    }
  }

  /** Sums up. */
  public static class Ledger {
    private long cents;

    /** Books an order. */
    @EventListener
    public synchronized void book(Placed placed) {
      cents += placed.cents();
    }

    synchronized long total() {
      return cents;
    }
  }

  /** Made when it is first asked for. */
  public static class Answers {
    private final int answer;

    Answers(int answer) {
      this.answer = answer;
    }
  }
}
