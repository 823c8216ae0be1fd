package org.jvmpprof.benchmarks.overhead;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Hashing, a hash map, string building, sorting and recursion in equal numbers. */
final class ComputingWork implements Work {
  private static final int WORDS = 500;
  private static final int DEPTH = 10;

  private final Random random = new Random(1);
  private final MessageDigest digest;
  private long result;

  ComputingWork() throws NoSuchAlgorithmException {
    digest = MessageDigest.getInstance("SHA-256");
  }

  @Override
  public void run() {
    String text = text();
    result += hash(text) + count(text) + sort() + tree(DEPTH);
    if (result == 0) {
      System.out.println("Keeps the compiler from leaving the work out.");
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      text.append("word").append(random.nextInt(WORDS)).append(' ');
    }
    return text.toString();
  }

  private long hash(String text) {
    long sum = 0;
    for (int i = 0; i < text.length(); i++) {
      digest.update((byte) text.charAt(i));
    }
    for (byte part : digest.digest()) {
      sum += part;
    }
    return sum;
  }

  private static long count(String text) {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : text.split(" ", -1)) {
      counts.merge(word, 1, Integer::sum);
    }
    return counts.size();
  }

  private long sort() {
    int[] numbers = random.ints(WORDS).toArray();
    Arrays.sort(numbers);
    return numbers[WORDS / 2];
  }

  private static long tree(int depth) {
    return depth == 0 ? 1 : tree(depth - 1) + tree(depth - 1);
  }
}
