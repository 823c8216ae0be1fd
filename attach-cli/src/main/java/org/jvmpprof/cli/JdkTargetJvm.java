package org.jvmpprof.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Attaches with the JDK's own API; only to be touched where module {@code jdk.attach} is. */
final class JdkTargetJvm implements TargetJvm {
  private final VirtualMachine jvm;

  private JdkTargetJvm(VirtualMachine jvm) {
    this.jvm = jvm;
  }

  /** The JVMs that have left their performance data where the JDK looks, by process id. */
  static Map<Long, String> mainClasses() {
    return VirtualMachine.list().stream()
        .collect(
            Collectors.toMap(
                jvm -> Long.parseLong(jvm.id()), jvm -> jvm.displayName().split(" ", 2)[0]));
  }

  static TargetJvm attach(long pid, Duration patience) throws IOException {
    if (JvmProcess.LINUX) {
      ProcDirectory.of(pid).requireNoDeadSocket();
    }
    // Below our own patience, so that the JDK gives up first and removes its trigger file.
    long attachMillis = patience.toMillis() * 7 / 10;
    System.setProperty("sun.tools.attach.attachTimeout", Long.toString(attachMillis));
    try {
      return new JdkTargetJvm(VirtualMachine.attach(Long.toString(pid)));
    } catch (AttachNotSupportedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Properties properties() throws IOException {
    return jvm.getSystemProperties();
  }

  @Override
  public void load(Path agentJar, String options) throws IOException {
    try {
      jvm.loadAgent(agentJar.toString(), options);
    } catch (AgentLoadException | AgentInitializationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
