package org.jvmpprof.it.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An embedded database under load from two threads; prints {@code queries=count}. */
public final class H2Program {
  private static final String DATABASE = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final int ORDERS = 5_000;

  private H2Program() {}

  /**
   * Runs.
   *
   * @param args nanoseconds of wall time
   */
  public static void main(String[] args)
      throws SQLException, InterruptedException, ExecutionException {
    fill();
    long end = System.nanoTime() + Long.parseLong(args[0]);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Integer>> counts = new ArrayList<>();
    counts.add(threads.submit(() -> queryUntil(end)));
    counts.add(threads.submit(() -> queryUntil(end)));
    int queries = 0;
    for (Future<Integer> count : counts) {
      queries += count.get();
    }
    threads.shutdown();
    System.out.println("queries=" + queries);
  }

  private static void fill() throws SQLException {
    try (Connection connection = DriverManager.getConnection(DATABASE);
        PreparedStatement create =
            connection.prepareStatement(
                "create table orders(id int primary key, customer int, cents bigint, note text)")) {
      create.execute();
      try (PreparedStatement insert =
          connection.prepareStatement("insert into orders values (?, ?, ?, ?)")) {
        for (int id = 0; id < ORDERS; id++) {
          insert.setInt(1, id);
          insert.setInt(2, id % 97);
          insert.setLong(3, id * 7919L % 100_000);
          insert.setString(4, "order " + Integer.toString(id, 36));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  private static int queryUntil(long end) throws SQLException {
    int queries = 0;
    try (Connection connection = DriverManager.getConnection(DATABASE)) {
      while (System.nanoTime() < end) {
        bestCustomers(connection);
        search(connection, queries);
        queries += 2;
      }
    }
    return queries;
  }

  private static void bestCustomers(Connection connection) throws SQLException {
    run(
        connection,
        "select customer, sum(cents) s, count(*) from orders group by customer order by s desc");
  }

  private static void search(Connection connection, int seed) throws SQLException {
    run(
        connection,
        "select a.id, b.note from orders a join orders b on a.id = b.customer"
            + " where b.note like '%"
            + Integer.toString(seed % 36, 36)
            + "%' order by b.note");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }
}
