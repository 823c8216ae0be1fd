package org.jvmpprof.benchmarks.spring;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** The orders in the database. */
public interface Orders extends JpaRepository<Order, Long> {
  /** Those of an article. */
  List<Order> findByArticle(String article);
}
