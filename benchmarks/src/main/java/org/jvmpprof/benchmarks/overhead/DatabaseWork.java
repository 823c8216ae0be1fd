package org.jvmpprof.benchmarks.overhead;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Queries and updates of an embedded H2 database: deep stacks, many classes. */
final class DatabaseWork implements Work {
  private static final int CUSTOMERS = 100;
  private static final int ORDERS = 2_000;

  private final PreparedStatement update;
  private final PreparedStatement best;
  private int round;

  /**
   * Fills a database of its own.
   *
   * @param name tells the databases of one process apart
   */
  DatabaseWork(String name) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + name);
    fill(connection);
    update = connection.prepareStatement("update orders set cents = cents + 1 where id = ?");
    best =
        connection.prepareStatement(
            "select customer, sum(cents) s from orders where customer between ? and ?"
                + " group by customer order by s desc");
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table orders(id int primary key, customer int, cents bigint)");
      statement.execute("create index by_customer on orders(customer)");
      statement.execute(
          "insert into orders select x, mod(x, %d), mod(x * 7919, 100000) from system_range(1, %d)"
              .formatted(CUSTOMERS, ORDERS));
    }
  }

  @Override
  public void run() throws SQLException {
    round++;
    update.setInt(1, 1 + round % ORDERS);
    update.executeUpdate();
    best.setInt(1, round % CUSTOMERS);
    best.setInt(2, round % CUSTOMERS + 10);
    try (ResultSet rows = best.executeQuery()) {
      while (rows.next()) {
        rows.getLong(2);
      }
    }
  }
}
