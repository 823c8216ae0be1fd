package org.jvmpprof.agent.encode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of the message {@code Profile}: fields of which each refers only to those before it, so
 * that what was said up to any of them is a profile, too.
 */
public final class Fragment {
  /** Compresses to well under a page of memory, unless a single field is larger. */
  private static final int PIECE_BYTES = 3 << 10;

  private final ProtoMessage fields = new ProtoMessage(PIECE_BYTES);
  private final List<Integer> pieceEnds = new ArrayList<>();
  private int pieceStart;

  Fragment() {}

  /** How many bytes it is, not compressed. */
  int size() {
    return fields.size();
  }

  /** All of it, not compressed. */
  public byte[] bytes() {
    return fields.toByteArray();
  }

  /** All of it, not compressed, in pieces of some kilobytes: a profile may end after each. */
  public List<byte[]> pieces() {
    byte[] all = bytes();
    List<byte[]> pieces = new ArrayList<>();
    int start = 0;
    for (int end : pieceEnds) {
      pieces.add(Arrays.copyOfRange(all, start, end));
      start = end;
    }
    if (start < all.length) {
      pieces.add(Arrays.copyOfRange(all, start, all.length));
    }
    return pieces;
  }

  void number(int field, long value) {
    fields.number(field, value);
    fieldEnds();
  }

  void string(int field, String value) {
    fields.string(field, value);
    fieldEnds();
  }

  void message(int field, ProtoMessage value) {
    fields.message(field, value);
    fieldEnds();
  }

  private void fieldEnds() {
    if (fields.size() - pieceStart >= PIECE_BYTES) {
      pieceStart = fields.size();
      pieceEnds.add(pieceStart);
    }
  }
}
