package org.jvmpprof.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.resolver.AddressResolver;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.jar.asm.ClassReader;
import org.aopalliance.aop.Advice;
import org.jvmpprof.it.programs.HoldersProgram;
import org.jvmpprof.it.programs.NettyProgram;
import org.jvmpprof.it.programs.RetransformingAgent;
import org.jvmpprof.it.programs.SpringProgram;
import org.springframework.beans.BeansException;
import org.springframework.context.ApplicationContext;
import org.springframework.core.SpringVersion;
import org.springframework.expression.Expression;

/** Applications do with every class instrumented what they do without the agent. */
class CompatibilityIT {
  @OnEachJdk
  void netty_everyClassInstrumented_doesTheSame(Java java) {
    doesTheSame(netty(java), netty(java));
  }

  @OnEachJdk
  void spring_everyClassInstrumented_doesTheSame(Java java) {
    doesTheSame(spring(java), spring(java));
  }

  @OnEachJdk
  void jacoco_beforeThisAgent_bothWork(Java java) {
    Path coverage = java.directory().resolve("jacoco.exec");
    bothWork(
        java,
        coverage,
        holders(java).otherAgent(jacoco(), "destfile=" + coverage).agent("mutex=1"));
  }

  @OnEachJdk
  void jacoco_afterThisAgent_bothWork(Java java) {
    Path coverage = java.directory().resolve("jacoco.exec");
    bothWork(
        java,
        coverage,
        holders(java).agent("mutex=1").otherAgent(jacoco(), "destfile=" + coverage));
  }

  @OnEachJdk
  void retransformingAgent_beforeThisAgent_bothWork(Java java) throws IOException {
    for (String kind : List.of("block", "method", "lock")) {
      Path profiles = java.directory().resolve(kind);
      Program program = retransformed(java, kind);
      bothWork(profiles, program.flags(retransforming(java)).agent(profiles, "mutex=1"));
    }
  }

  @OnEachJdk
  void retransformingAgent_afterThisAgent_bothWork(Java java) throws IOException {
    for (String kind : List.of("block", "method", "lock")) {
      Path profiles = java.directory().resolve(kind);
      Program program = retransformed(java, kind).agent(profiles, "mutex=1");
      bothWork(profiles, program.flags(retransforming(java)));
    }
  }

  private static void doesTheSame(Program without, Program with) {
    ChildJvm expected = without.run();

    ChildJvm actual = with.flags("-Xverify:all").agent("block=1ns", "mutex=1").run();

    assertThat(expected.values()).isNotEmpty();
    assertThat(actual.values()).isEqualTo(expected.values());
    assertThat(actual.agentLines()).singleElement().asString().contains("block, mutex");
  }

  private static void bothWork(Java java, Path coverage, Program program) {
    ChildJvm child = program.flags("-Xverify:all").run();

    assertThat(ContentionProfile.block(java.profiles()).endingIn(".*\\.enter").contentions())
        .isEqualTo(3);
    assertThat(ContentionProfile.mutex(java.profiles()).endingIn(".*\\.hold").contentions())
        .isEqualTo(1);
    assertThat(coverage).content(ISO_8859_1).contains("HoldersProgram");
    assertThat(child.agentLines()).singleElement().asString().contains("block, mutex");
  }

  private static void bothWork(Path profiles, Program program) {
    ChildJvm child = program.flags("-Xverify:all").run();

    assertThat(child.value("retransformed")).isGreaterThan(20);
    assertThat(ContentionProfile.block(profiles).under(".*\\.enter").contentions()).isEqualTo(3);
    assertThat(ContentionProfile.mutex(profiles).under(".*\\.hold").contentions()).isEqualTo(1);
    assertThat(child.agentLines()).singleElement().asString().contains("block, mutex");
  }

  private static Program retransformed(Java java, String kind) {
    return java.program(HoldersProgram.class)
        .library(ClassReader.class)
        .args(kind, "3", "200", "1");
  }

  private static String retransforming(Java java) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", RetransformingAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = java.directory().resolve("retransforming.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return "-javaagent:" + jar;
  }

  private static Program netty(Java java) {
    return java.program(NettyProgram.class)
        .library(Bootstrap.class)
        .library(ByteBuf.class)
        .library(AddressResolver.class)
        .library(AttributeKey.class);
  }

  private static Program spring(Java java) {
    return java.program(SpringProgram.class)
        .library(ApplicationContext.class)
        .library(BeansException.class)
        .library(SpringVersion.class)
        .library(Expression.class)
        .library(Advice.class)
        .library(org.apache.commons.logging.Log.class)
        .library(Observation.class)
        .library(KeyValue.class);
  }

  private static Program holders(Java java) {
    return java.program(HoldersProgram.class).args("method", "3", "50", "1");
  }

  private static Class<?> jacoco() {
    return org.jacoco.agent.rt.RT.class;
  }
}
