package org.jvmpprof.agent.stack;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A hash map for the agent's own use. The JVM compiles {@code java.util.HashMap} once, by the kinds
 * of keys it has seen: were the agent's among them, lookups of the application would become slower.
 * Open addressing with linear probing, at most half full; not thread-safe; no single removal.
 */
public final class Table<K, V> {
  private static final int INITIAL_SLOTS = 64;

  private @Nullable Object[] keys = new @Nullable Object[INITIAL_SLOTS];
  private @Nullable Object[] values = new @Nullable Object[INITIAL_SLOTS];
  private int size;

  /** The value of a key, or null. */
  @SuppressWarnings("unchecked") // Only put fills the arrays.
  public @Nullable V get(K key) {
    return (V) values[slot(keys, key)];
  }

  /** Sets the value of a key. */
  public void put(K key, V value) {
    int slot = slot(keys, key);
    if (keys[slot] == null) {
      if (2 * (size + 1) > keys.length) {
        rebuild(2 * keys.length, (k, v) -> true);
        slot = slot(keys, key);
      }
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
  }

  /** The number of keys. */
  public int size() {
    return size;
  }

  /** Gives each key and value to the consumer, in no order. */
  @SuppressWarnings("unchecked")
  public void forEach(BiConsumer<? super K, ? super V> consumer) {
    Object[] presentKeys = keys;
    Object[] presentValues = values;
    for (int i = 0; i < presentKeys.length; i++) {
      if (presentKeys[i] != null) {
        consumer.accept((K) presentKeys[i], (V) presentValues[i]);
      }
    }
  }

  /** Removes what does not match. */
  public void retain(BiPredicate<? super K, ? super V> matching) {
    rebuild(INITIAL_SLOTS, matching);
  }

  /** Removes everything. */
  public void clear() {
    rebuild(INITIAL_SLOTS, (k, v) -> false);
  }

  private void rebuild(int slots, BiPredicate<? super K, ? super V> matching) {
    Table<K, V> old = new Table<>();
    old.keys = keys;
    old.values = values;
    keys = new @Nullable Object[slots];
    values = new @Nullable Object[slots];
    size = 0;
    old.forEach(
        (key, value) -> {
          if (matching.test(key, value)) {
            put(key, value);
          }
        });
  }

  /** Where the key is, or the free slot where it would be. */
  private static int slot(@Nullable Object[] keys, Object key) {
    int mask = keys.length - 1;
    int hash = key.hashCode();
    // Linear probing needs the low bits mixed.
    int slot = (hash * 0x9E3779B9) >>> 7 & mask;
    while (keys[slot] != null && !key.equals(keys[slot])) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
