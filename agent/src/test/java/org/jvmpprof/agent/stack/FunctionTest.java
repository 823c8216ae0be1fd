package org.jvmpprof.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionTest {
  @ParameterizedTest
  @CsvSource({
    "com.acme.Main, com.acme.Main.run, com/acme/Main.java",
    "com.acme.Main$In$1, com.acme.Main$In$1.run, com/acme/Main.java",
    "Main, Main.run, Main.java",
    "com.acme.Main$$Lambda/0x00007f12, com.acme.Main$$Lambda.run, com/acme/Main.java",
    "com.acme.Main$$Lambda$14/0x0000000800c0, com.acme.Main$$Lambda.run, com/acme/Main.java",
    "java.lang.invoke.LambdaForm$MH/0x0001, java.lang.invoke.LambdaForm$MH.run, java/lang/invoke/LambdaForm.java",
    "jdk.internal.reflect.GeneratedMethodAccessor17, jdk.internal.reflect.GeneratedMethodAccessor.run, jdk/internal/reflect/GeneratedMethodAccessor.java",
    "jdk.proxy1.$Proxy7, jdk.proxy1.$Proxy7.run, jdk/proxy1/$Proxy7.java",
  })
  void java_className_givesStableNameAndRelativeFile(String className, String name, String file) {
    assertThat(Function.java(className, "run")).isEqualTo(new Function(name, file));
  }
}
