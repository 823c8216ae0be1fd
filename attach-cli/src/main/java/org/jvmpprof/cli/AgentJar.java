package org.jvmpprof.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The agent as a file that a target can load. It must stay while targets run, so its place depends
 * on user and content only, and every attach uses the same file.
 */
final class AgentJar {
  /** Gives the bytes of the agent jar. */
  interface Source {
    InputStream open() throws IOException;
  }

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
      PosixFilePermissions.fromString("----w--w-");

  private final Source source;
  private final Path temporaryDirectory;

  AgentJar(Source source, Path temporaryDirectory) {
    this.source = source;
    this.temporaryDirectory = temporaryDirectory.toAbsolutePath();
  }

  /** The agent that the jar of this command carries. */
  static AgentJar carried() {
    return new AgentJar(AgentJar::openCarried, Path.of(System.getProperty("java.io.tmpdir")));
  }

  private static InputStream openCarried() throws IOException {
    InputStream carried = AgentJar.class.getResourceAsStream("/jvm-pprof-agent.jar");
    if (carried == null) {
      throw new IOException("this copy of jvm-pprof carries no jvm-pprof-agent.jar");
    }
    return carried;
  }

  /**
   * Puts the jar into a directory that only this user can write to, and everyone can read: a target
   * of another user loads it too when root attaches.
   *
   * @return its absolute path, the same for the same user and content unless somebody squats there
   * @throws IOException if the temporary directory cannot be written to
   */
  Path extract() throws IOException {
    byte[] content;
    try (InputStream in = source.open()) {
      content = in.readAllBytes();
    }
    Path fresh = Files.createTempFile(temporaryDirectory, "jvm-pprof-", ".tmp");
    try {
      Files.write(fresh, content);
      permit(fresh, "rw-r--r--");
      Path jar = directory(Files.getOwner(fresh)).resolve(name(content));
      // Never written in place: a JVM that has it open would crash.
      if (!holds(jar, content)) {
        Files.move(fresh, jar, ATOMIC_MOVE, REPLACE_EXISTING);
      }
      return jar;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Path directory(UserPrincipal self) throws IOException {
    Path stable = temporaryDirectory.resolve("jvm-pprof-" + System.getProperty("user.name"));
    try {
      Files.createDirectory(stable);
      permit(stable, "rwxr-xr-x");
    } catch (FileAlreadyExistsException e) {
      if (!isOurs(stable, self)) {
        Path unguessable = Files.createTempDirectory(temporaryDirectory, "jvm-pprof-");
        permit(unguessable, "rwxr-xr-x");
        return unguessable;
      }
    }
    return stable;
  }

  private static boolean isOurs(Path directory, UserPrincipal self) throws IOException {
    return Files.isDirectory(directory, NOFOLLOW_LINKS)
        && Files.getOwner(directory, NOFOLLOW_LINKS).equals(self)
        && (!POSIX
            || Files.getPosixFilePermissions(directory, NOFOLLOW_LINKS).stream()
                .noneMatch(WRITABLE_BY_OTHERS::contains));
  }

  private static boolean holds(Path jar, byte[] content) throws IOException {
    return Files.isRegularFile(jar, NOFOLLOW_LINKS)
        && Files.size(jar) == content.length
        && MessageDigest.isEqual(Files.readAllBytes(jar), content);
  }

  /** Sets them whatever the umask says. */
  private static void permit(Path path, String permissions) throws IOException {
    if (POSIX) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static String name(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "jvm-pprof-agent-" + HexFormat.of().formatHex(hash, 0, 8) + ".jar";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
