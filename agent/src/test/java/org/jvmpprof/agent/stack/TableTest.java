package org.jvmpprof.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void table_randomUse_isAsAHashMap() {
    Random random = new Random(17);
    Table<Integer, Integer> table = new Table<>();
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      int key = random.nextInt(5_000) << random.nextInt(16);
      assertThat(table.get(key)).isEqualTo(map.get(key));
      table.put(key, i);
      map.put(key, i);
      if (i % 10_000 == 9_999) {
        table.retain((k, v) -> v % 2 == 0);
        map.values().removeIf(v -> v % 2 != 0);
      }
    }
    Map<Integer, Integer> content = new HashMap<>();
    table.forEach(content::put);
    assertThat(content).isEqualTo(map);
    assertThat(table.size()).isEqualTo(map.size());
  }

  @Test
  void clear_filled_isEmpty() {
    Table<String, String> table = new Table<>();
    table.put("a", "b");
    table.clear();
    assertThat(table.get("a")).isNull();
    assertThat(table.size()).isZero();
  }

  @Test
  void put_keysWithOneHash_areKeptApart() {
    Table<String, Integer> table = new Table<>();
    table.put("Aa", 1);
    table.put("BB", 2);
    assertThat(table.get("Aa")).isEqualTo(1);
    assertThat(table.get("BB")).isEqualTo(2);
    assertThat(table.get("C#")).isNull();
  }
}
