package org.jvmpprof.agent.encode;

import org.jvmpprof.agent.stack.Location;

/**
 * The ids of places in one profile, by address. A profile has one such look-up per frame, which is
 * most of what encoding does, so there is no object and no virtual call in it. Open addressing, at
 * most half full.
 */
final class LocationIds {
  private static final int INITIAL_SLOTS = 256;

  private long[] addresses = new long[INITIAL_SLOTS];
  private int[] ids = new int[INITIAL_SLOTS];
  private int size;

  /** The id of a place; 0 when it has none yet. */
  int get(Location place) {
    return ids[slot(addresses, place.address())];
  }

  /** Gives the next id, from 1, to a place that has none. */
  int add(Location place) {
    if (2 * (size + 1) > ids.length) {
      grow();
    }
    int slot = slot(addresses, place.address());
    addresses[slot] = place.address();
    ids[slot] = ++size;
    return size;
  }

  private void grow() {
    long[] moreAddresses = new long[2 * addresses.length];
    int[] moreIds = new int[2 * ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != 0) {
        int slot = slot(moreAddresses, addresses[i]);
        moreAddresses[slot] = addresses[i];
        moreIds[slot] = ids[i];
      }
    }
    addresses = moreAddresses;
    ids = moreIds;
  }

  /** Where the address is, or the free slot where it would be; no address is 0. */
  private static int slot(long[] addresses, long address) {
    int mask = addresses.length - 1;
    int slot = (int) ((address * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (addresses[slot] != 0 && addresses[slot] != address) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
