package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNameTest {
  @ParameterizedTest
  @CsvSource({
    "Ljava/util/Map$Entry;, java.util.Map$Entry",
    "[B, byte[]",
    "[[J, long[][]",
    "[Ljava/lang/String;, java.lang.String[]",
    "Lcom/acme/Main$$Lambda.0x00007f1234;, com.acme.Main$$Lambda",
    "Lcom/acme/Main$$Lambda$14.0x0000000800c03000;, com.acme.Main$$Lambda",
    "[Lcom/acme/Main$$Lambda$14.0x0000000800c03000;, com.acme.Main$$Lambda[]",
    "LUnnamed;, Unnamed",
    // Cut where it was too long.
    "Lcom/acme/VeryLo, com.acme.VeryLo",
  })
  void readable_signature_isAsInSourceCode(String signature, String name) {
    assertThat(ClassName.readable(signature)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "Ljava/util/Map$Entry;, java.util.Map$Entry",
    "Lcom/acme/Main$$Lambda.0x00007f1234;, com.acme.Main$$Lambda/0x00007f1234",
  })
  void binary_signature_isAsClassGetName(String signature, String name) {
    assertThat(ClassName.binary(signature)).isEqualTo(name);
  }
}
