package org.switchwright.server.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The syntax of Asterisk's configuration files: sections, templates, includes, comments. Says
 * nothing of what the options mean.
 */
final class AsteriskFile {
  static final int MAX_BYTES = 10_000_000;
  static final int MAX_DEPTH = 10;
  static final int MAX_LINES = 200_000;
  private static final Pattern HEADER =
      Pattern.compile("\\[([^\\]]{1,256})\\]\\s*(?:\\(([^)]*)\\))?.*");
  private static final Pattern OPTION = Pattern.compile("([^=]+?)\\s*=>?\\s*(.*)");
  private static final Pattern INCLUDE = Pattern.compile("#include\\s+[\"<]?([^\"<>]+?)[\">]?\\s*");

  /** One line that says something. */
  record Option(Path file, int line, String key, String value) {}

  private final Map<String, List<Option>> sections = new LinkedHashMap<>();
  private final Map<String, List<Option>> templates = new LinkedHashMap<>();
  private final Path folder;
  private final ForeignSite site;
  private List<Option> current = new ArrayList<>();
  private boolean commented;
  private int lines;

  private AsteriskFile(Path folder, ForeignSite site) {
    this.folder = folder;
    this.site = site;
  }

  /** The sections of a file and of what it includes, in order, templates applied. */
  static Map<String, List<Option>> read(Path file, ForeignSite site) throws Unreadable {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    AsteriskFile reader = new AsteriskFile(folder == null ? absolute : folder, site);
    reader.read(absolute, 0);
    return Collections.unmodifiableMap(reader.sections);
  }

  private void read(Path file, int depth) throws Unreadable {
    if (depth > MAX_DEPTH) {
      throw new Unreadable(
          "Expected at most " + MAX_DEPTH + " files that include each other, but got " + file);
    }
    int number = 0;
    for (String raw : text(file).split("\\R", -1)) {
      number++;
      if (++lines > MAX_LINES) {
        throw new Unreadable("Expected at most " + MAX_LINES + " lines, but " + file + " has more");
      }
      String line = uncommented(raw).strip();
      if (!line.isEmpty()) {
        take(file, number, line, depth);
      }
    }
  }

  private static String text(Path file) throws Unreadable {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new Unreadable("Expected a file of at most " + MAX_BYTES + " bytes, but got " + file);
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (text.indexOf('\0') >= 0) {
        throw new Unreadable("Expected a text file, but " + file + " holds binary data");
      }
      return text;
    } catch (IOException e) {
      throw new Unreadable("Expected to read " + file + ", but could not: " + e.getMessage());
    }
  }

  private String uncommented(String raw) {
    String line = raw;
    if (commented) {
      int end = line.indexOf("--;");
      if (end < 0) {
        return "";
      }
      commented = false;
      line = line.substring(end + 3);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == ';') {
        text.append(';');
        i++;
      } else if (c == ';') {
        commented = line.startsWith(";--", i) && !line.startsWith(";---", i);
        return text.toString();
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private void take(Path file, int number, String line, int depth) throws Unreadable {
    Matcher header = HEADER.matcher(line);
    Matcher include = INCLUDE.matcher(line);
    Matcher option = OPTION.matcher(line);
    if (line.startsWith("#")) {
      if (include.matches()) {
        include(file, number, include.group(1), depth);
      } else {
        site.remark(file, number, "\"" + line + "\" is not carried out");
      }
    } else if (header.matches()) {
      section(file, number, header.group(1).strip(), header.group(2));
    } else if (option.matches()) {
      current.add(new Option(file, number, option.group(1).strip(), option.group(2).strip()));
    } else {
      throw new Unreadable(
          "Expected [section] or option = value, but got \""
              + line
              + "\" in "
              + file
              + ", line "
              + number);
    }
  }

  private void include(Path from, int number, String name, int depth) throws Unreadable {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      site.remark(from, number, "\"" + name + "\" is not a file of the same folder; left out");
      return;
    }
    read(file, depth + 1);
  }

  private void section(Path file, int number, String name, String modifiers) throws Unreadable {
    List<Option> options = new ArrayList<>();
    boolean template = false;
    for (String modifier : modifiers == null ? new String[0] : modifiers.split(",", -1)) {
      String word = modifier.strip();
      if (word.equals("!")) {
        template = true;
      } else if (word.equals("+")) {
        options.addAll(known(file, number, name));
      } else if (!word.isEmpty()) {
        options.addAll(known(file, number, word));
      }
    }
    (template ? templates : sections).put(name, options);
    current = options;
  }

  private List<Option> known(Path file, int number, String name) throws Unreadable {
    List<Option> options = templates.getOrDefault(name, sections.get(name));
    if (options == null) {
      throw new Unreadable(
          "Expected a section or template [" + name + "] before " + file + ", line " + number);
    }
    return List.copyOf(options);
  }
}
