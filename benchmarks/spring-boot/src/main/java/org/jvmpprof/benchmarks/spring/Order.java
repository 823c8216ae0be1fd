package org.jvmpprof.benchmarks.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What is kept in the database. */
@Entity
@Table(name = "orders")
public class Order {
  @Id @GeneratedValue private @Nullable Long id;
  private String article = "";

  /** Its number; null until it is saved. */
  public @Nullable Long getId() {
    return id;
  }

  /** What was ordered. */
  public String getArticle() {
    return article;
  }

  /** Sets what was ordered. */
  public void setArticle(String article) {
    this.article = article;
  }
}
