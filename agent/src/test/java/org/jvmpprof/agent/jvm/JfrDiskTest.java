package org.jvmpprof.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

class JfrDiskTest {
  @Test
  void mayGoOn_littleRoom_isFalse() {
    assertThat(JfrDisk.mayGoOn(disk(127 << 20))).isFalse();
    assertThat(JfrDisk.mayGoOn(disk(128 << 20))).isTrue();
  }

  @Test
  void mayGoOn_parentIsGoneToo_isFalse() {
    assertThat(JfrDisk.mayGoOn(new File("no/such/directory"))).isFalse();
  }

  @Test
  void mayBegin_enoughOnlyToGoOn_isFalse() {
    assertThat(JfrDisk.mayBegin(disk(255 << 20))).isFalse();
    assertThat(JfrDisk.mayBegin(disk(256 << 20))).isTrue();
  }

  private static File disk(long usableBytes) {
    return new File(".") {
      private static final long serialVersionUID = 1L;

      @Override
      public long getUsableSpace() {
        return usableBytes;
      }
    };
  }
}
