package org.jvmpprof.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipMembersTest {
  @Test
  void read_severalMembers_joinsTheirContentsAndKnowsTheirEnds() throws IOException {
    byte[] file = concat(member("one "), member(""), member("two"));

    GzipMembers members = GzipMembers.read(file);

    assertThat(members.joined()).asString(UTF_8).isEqualTo("one two");
    assertThat(members.ends()).hasSize(3).startsWith(member("one ").length).endsWith(file.length);
  }

  @Test
  void read_memberWithAnExtraField_isRead() throws IOException {
    byte[] plain = member("content");
    byte[] extra = {3, 0, 'x', 'y', 'z'};
    byte[] file =
        concat(Arrays.copyOf(plain, 10), extra, Arrays.copyOfRange(plain, 10, plain.length));
    file[3] = 4;

    assertThat(GzipMembers.read(file).joined()).asString(UTF_8).isEqualTo("content");
    byte[] torn = Arrays.copyOf(file, 13);
    assertThatThrownBy(() -> GzipMembers.read(torn)).hasMessageContaining("torn header");
  }

  @Test
  void read_cutAnywhereInTheLastMember_throws() throws IOException {
    byte[] first = member("one");
    byte[] file = concat(first, member("some more"));

    for (int length = first.length + 1; length < file.length; length++) {
      byte[] torn = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> GzipMembers.read(torn))
          .as("%s of %s bytes", length, file.length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void read_wrongChecksum_throws() throws IOException {
    byte[] file = member("one");
    file[file.length - 8] ^= 1;

    assertThatThrownBy(() -> GzipMembers.read(file)).hasMessageContaining("checksum");
  }

  @Test
  void read_bytesAfterTheLastMember_throws() throws IOException {
    byte[] file = concat(member("one"), new byte[20]);

    assertThatThrownBy(() -> GzipMembers.read(file)).hasMessageContaining("no gzip header");
  }

  private static byte[] member(String content) throws IOException {
    return TestProfiles.gzip(content.getBytes(UTF_8));
  }

  private static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
