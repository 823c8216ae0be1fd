package org.jvmpprof.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Main a b | com.acme.Main",
        "com.acme.Main /x/y.jar | com.acme.Main",
        "com.acme.Main | com.acme.Main",
        "acme/com.acme.Main x | com.acme.Main",
        "/srv/app/shop-1.2.jar --port 80 | shop-1.2.jar",
        "/srv/my app/shop.jar | shop.jar",
        "C:\\apps\\shop.jar | shop.jar",
        "'' | java",
      })
  void of_command_isMainClassOrJar(String command, String name) {
    assertThat(ApplicationName.of(command)).isEqualTo(name);
  }
}
