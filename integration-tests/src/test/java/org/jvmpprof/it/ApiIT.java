package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.data.Percentage;
import org.jvmpprof.it.programs.ApiProgram;
import org.jvmpprof.it.programs.FatJarProgram;
import org.jvmpprof.it.programs.TenantsProgram;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** The Java API, with the agent in each of the ways that it can come. */
class ApiIT {
  private static final String API_JAR = System.getProperty("jvmpprof.test.apiJar");

  @OnEachJdk
  void api_agentFromTheStart_profilesTheProgram(Java java) throws IOException {
    ChildJvm program = java.program(ApiProgram.class).api().agent().run();

    assertProfiled(java, program);
    assertThat(program.profile()).isValid();
  }

  @OnEachJdk
  void api_agentAttachedLater_profilesTheProgram(Java java) throws IOException {
    try (ChildJvm program = java.program(ApiProgram.class).api().args("wait").start()) {
      program.awaitReady();
      java.command("attach", String.valueOf(program.pid()), "dir=" + java.profiles()).run();
      program.send("go");
      program.awaitExit(0);

      assertProfiled(java, program);
    }
  }

  @OnEachJdk
  void install_libraryAlone_profilesTheProgram(Java java) throws IOException {
    ChildJvm program = installing(java);

    assertProfiled(java, program);
    assertThat(java.directory().resolve("pprof")).as("dir= is for no files").doesNotExist();
  }

  @OnEachJdk
  void install_attachingFromOutsideIsForbidden_profilesTheProgram(Java java) throws IOException {
    ChildJvm program = installing(java, "-XX:+DisableAttachMechanism");

    assertProfiled(java, program);
  }

  @OnEachJdk
  void install_loadingAgentsIsForbidden_throwsOneThatNamesTheFlag(Java java) {
    ChildJvm program = installing(java, "-XX:-EnableDynamicAgentLoading");

    assertThat(program.text("thrown")).isEqualTo("NoAgentException");
    assertThat(program.text("message"))
        .contains("-XX:-EnableDynamicAgentLoading")
        .contains("-javaagent:jvm-pprof-agent.jar");
    assertThat(program.values()).containsEntry("done", "true");
  }

  @OnEachJdk
  void install_runtimeWithoutManagement_throwsOneThatNamesTheModules(Java java) {
    ChildJvm program = installing(java, "--limit-modules=java.instrument,jdk.unsupported");

    assertThat(program.text("message")).contains("java.management", "jdk.management");
  }

  @OnEachJdk
  void install_agentFromTheStart_leavesItAsItIs(Java java) throws IOException {
    ChildJvm program = java.program(ApiProgram.class).api().agent().args("wait", "cpu=0").start();
    program.awaitReady();
    program.send("go");
    program.awaitExit(0);

    assertProfiled(java, program);
    assertThat(program.agentLines()).noneMatch(line -> line.contains("already running"));
  }

  @OnEachJdk
  void api_noAgent_throwsOneThatSaysHowToGetOne(Java java) {
    ChildJvm program = java.program(ApiProgram.class).api().run();

    assertThat(program.text("thrown")).isEqualTo("NoAgentException");
    assertThat(program.text("message")).contains("-javaagent:", "attach", "Pprof.install()");
    assertThat(program.values()).containsEntry("version", "none").containsEntry("done", "true");
  }

  @OnEachJdk
  void api_twoLoadersWithACopyEach_seeOneProfiler(Java java) {
    ChildJvm program = java.program(TenantsProgram.class).args(API_JAR).run();

    assertThat(program.values())
        .containsEntry("copies", "true")
        .containsEntry("shop.install", "done")
        .containsEntry("blog.install", "done")
        .containsEntry("shop.open", "done")
        .containsEntry("blog.open", "done")
        .containsEntry("shop.count", "2")
        .containsEntry("shop.start", "done")
        .containsEntry("blog.start", "cpu profiling already in use")
        .containsEntry("blog.stop", "done")
        .containsEntry("shop.bytes", "true")
        .containsEntry("inShop", "{\"case0\":\"tenant\"}")
        .containsEntry("inBoth", "{\"case0\":\"tenant\", \"case1\":\"tenant\"}")
        .containsEntry("after", "{}");
    assertThat(program.outLines())
        .containsOnlyOnce(
            "# labels: {\"case0\":\"tenant\"}",
            "# labels: {\"case0\":\"tenant\", \"case1\":\"tenant\"}");
  }

  @OnEachJdk
  void install_libraryInsideAFatJar_profilesTheProgram(Java java) throws IOException {
    Path fat = java.directory().resolve("fat.jar");
    try (OutputStream file = Files.newOutputStream(fat);
        ZipOutputStream jar = new ZipOutputStream(file)) {
      jar.putNextEntry(new ZipEntry("BOOT-INF/lib/jvm-pprof-api.jar"));
      Files.copy(Path.of(API_JAR), jar);
    }

    ChildJvm program = java.program(FatJarProgram.class).args(fat.toString()).run();

    assertThat(program.values())
        .containsEntry("install", "done")
        .containsEntry("open", "done")
        .containsEntry("count", "1");
  }

  private static ChildJvm installing(Java java, String... flags) {
    ChildJvm program =
        java.program(ApiProgram.class).api().flags(flags).args("wait", "dir=").start();
    program.awaitReady();
    program.send("go");
    program.awaitExit(0);
    return program;
  }

  private static void assertProfiled(Java java, ChildJvm program) throws IOException {
    assertThat(program.values())
        .containsEntry("cpu.twice", "cpu profiling already in use")
        .containsEntry("connections", "3")
        .containsEntry("found", "Profile it.connections")
        .containsEntry("mutex.before", "10")
        .containsEntry("mutex.after", "5")
        .containsEntry("name.empty", "pprof: NewProfile with empty name")
        .containsEntry("name.inUse", "pprof: NewProfile name already in use: it.connections")
        .containsEntry("name.builtIn", "pprof: NewProfile name already in use: heap")
        .containsEntry("duplicate", "pprof: Profile.Add of duplicate value")
        .containsEntry("unknown", "Optional.empty")
        .containsEntry("done", "true");
    assertThat(program.text("profiles")).contains("Profile it.connections");
    CpuProfile cpu = CpuProfile.in(java.directory().resolve("api"));
    assertThat(cpu)
        .isValid()
        .hasStack(".*ApiProgram\\.busy", ".*ApiProgram\\.cpu", ".*ApiProgram\\.main");
    // The JVM compiles beside it.
    assertThat(cpu.under(".*ApiProgram\\.busy"))
        .hasTotalNanosCloseTo(program.value("cpu.nanos"), Percentage.withPercentage(20));
    assertConnections(ProfileFile.read(java.directory().resolve("connections.pb.gz")).profile());
    assertThat(Files.readString(java.directory().resolve("connections.txt")))
        .startsWith("it.connections profile: total 3\n2 @ 0x")
        .contains("#\t0x", "ApiProgram.connect", "jvmpprof.lostProfileEvent");
  }

  /** Two values from one place and one without a stack. */
  private static void assertConnections(Profile profile) {
    assertThat(profile.getSampleTypeList())
        .singleElement()
        .extracting(type -> profile.getStringTable((int) type.getType()))
        .isEqualTo("it.connections");
    assertThat(profile.getSampleList())
        .extracting(sample -> leaf(profile, sample) + " " + sample.getValueList())
        .containsExactlyInAnyOrder(
            ApiProgram.class.getName() + ".connect " + List.of(2L),
            "jvmpprof.lostProfileEvent " + List.of(1L));
  }

  private static String leaf(Profile profile, Sample sample) {
    int location = (int) sample.getLocationId(0) - 1;
    int function = (int) profile.getLocation(location).getLine(0).getFunctionId() - 1;
    return profile.getStringTable((int) profile.getFunction(function).getName());
  }
}
