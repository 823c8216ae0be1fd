package org.jvmpprof.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README and the pages in docs. */
final class Docs {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  private Docs() {}

  static Path readme() {
    return ROOT.resolve("README.md");
  }

  /** A page by its name, e.g. {@code scraping}. */
  static Path page(String name) {
    return ROOT.resolve("docs").resolve(name + ".md");
  }

  /** All of them. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(readme()), docs.filter(page -> page.toString().endsWith(".md")))
          .toList();
    }
  }

  /** What stands in the code blocks of a language, in order. */
  static List<String> blocks(Path page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .filter(match -> match.group(1).equals(language))
        .map(match -> match.group(2))
        .toList();
  }
}
