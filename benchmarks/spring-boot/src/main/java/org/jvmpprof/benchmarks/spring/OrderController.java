package org.jvmpprof.benchmarks.spring;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The orders by HTTP. */
@RestController
public class OrderController {
  private final Orders orders;

  OrderController(Orders orders) {
    this.orders = orders;
  }

  /** Those of an article. */
  @GetMapping("/orders/{article}")
  public List<Order> ordersOf(@PathVariable String article) {
    return orders.findByArticle(article);
  }
}
