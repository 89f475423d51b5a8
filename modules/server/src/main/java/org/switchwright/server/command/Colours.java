package org.switchwright.server.command;

/** Colours on a terminal, unless NO_COLOR says otherwise (https://no-color.org). */
enum Colours {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36");

  private final String code;

  Colours(String code) {
    this.code = code;
  }

  static boolean wanted() {
    String noColor = System.getenv("NO_COLOR");
    return (noColor == null || noColor.isEmpty())
        && terminal()
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether somebody looks at the output. The launcher knows; asking the JDK takes longer. */
  static boolean terminal() {
    return Boolean.getBoolean("switchwright.terminal");
  }

  String paint(String text, boolean coloured) {
    return !coloured || code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
