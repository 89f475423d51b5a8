package org.switchwright.server.migration;

import java.util.Map;

/** Writes a site as configuration that {@code run --config} takes. */
final class HoconForm {
  private HoconForm() {}

  static String of(ForeignSite site, String source) {
    StringBuilder text = new StringBuilder();
    text.append("# Imported from ").append(source).append(".\n");
    text.append(
        "# Queues have members and ask for no skills; a routing point has the name of its\n");
    text.append("# queue: give it the number that is dialled. Phones get new passwords, see\n");
    text.append("# passwords.file.\n");
    text.append("switchwright.site {\n");
    text.append("  name = imported\n");
    text.append("  skills = []\n");
    text.append("  passwords.generate-missing = true\n");
    site.siteKeys().forEach((key, value) -> line(text, "  ", key, value));
    text.append("  agents {\n");
    site.agents()
        .forEach((id, name) ->
            text.append("    ")
                .append(quoted(id))
                .append(" {}")
                .append(id.equals(name) ? "" : "  # " + comment(name))
                .append('\n'));
    text.append("  }\n  routing-points {\n");
    site.queues()
        .keySet()
        .forEach(id ->
            text.append("    ")
                .append(quoted(id))
                .append(" { queue = ")
                .append(quoted(id))
                .append(" }\n"));
    text.append("  }\n  queues {\n");
    site.queues().forEach((id, queue) -> queue(text, id, queue));
    return text.append("  }\n}\n").toString();
  }

  private static void queue(StringBuilder text, String id, ForeignSite.Queue queue) {
    text.append("    ").append(quoted(id)).append(" {\n");
    queue.keys().forEach((key, value) -> line(text, "      ", key, value));
    text.append("      members {\n");
    for (Map.Entry<String, ForeignSite.Member> member : queue.members().entrySet()) {
      text.append("        ")
          .append(quoted(member.getKey()))
          .append(" { tier = ")
          .append(member.getValue().tier())
          .append(", position = ")
          .append(member.getValue().position())
          .append(" }\n");
    }
    text.append("      }\n    }\n");
  }

  private static void line(StringBuilder text, String indent, String key, String value) {
    text.append(indent).append(key).append(" = ").append(value).append('\n');
  }

  /** Ids have no character that would need an escape within quotes. */
  private static String quoted(String id) {
    return '"' + id + '"';
  }

  private static String comment(String name) {
    return name.replaceAll("\\p{Cntrl}", " ");
  }
}
