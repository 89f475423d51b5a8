package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Passage;

/**
 * Where an INVITE was aimed at on its way (RFC 7044): what came is kept, and each INVITE that it
 * leads to says in addition what it is aimed at. Addresses that this site has given out to others
 * are not passed on, since whoever knows one may call there.
 */
final class HistoryInfo {
  static final String NAME = "History-Info";

  /** Entries that are kept: of more the first is dropped, as an index that is missing says. */
  static final int MAX_ENTRIES = 8;

  static final int MAX_ENTRY_CHARS = 400;

  /** What a request without the header may still go (RFC 3261, section 20.22). */
  static final int MAX_HOPS = 70;

  private static final Pattern ENTRY =
      Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*|[^<\",]*)<([^>]*)>([^,]*)");
  private static final Pattern INDEX =
      Pattern.compile(";\\s*index\\s*=\\s*(\\d{1,4}(?:\\.\\d{1,4}){0,20})\\s*(?:;.*)?");

  private HistoryInfo() {}

  /**
   * What an INVITE says of its way, and what it was aimed at here.
   *
   * @param ours what stands for the address that it came to, where that is nobody else's to know
   */
  static Passage read(SIPRequest invite, Optional<String> ours, KeyId key) {
    String target = invite.getRequestURI().toString();
    List<String> entries = new ArrayList<>();
    String last = "";
    ListIterator<?> headers = invite.getHeaders(NAME);
    while (headers.hasNext()) {
      Matcher entry = ENTRY.matcher(SipReader.value(headers.next()));
      while (entry.find()) {
        Optional<String> index = index(entry.group(2));
        if (index.isPresent() && entry.group().length() <= MAX_ENTRY_CHARS) {
          boolean here = same(entry.group(1), target);
          last = here ? target : entry.group(1);
          entries.add(
              "<"
                  + (here ? ours.orElse(entry.group(1)) : entry.group(1))
                  + ">"
                  + entry.group(2).trim());
        }
      }
    }
    if (!last.equals(target) && target.length() <= MAX_ENTRY_CHARS) {
      String index = entries.isEmpty() ? "1" : indexOf(entries.getLast()) + ".1";
      entries.add("<" + ours.orElse(target) + ">;index=" + index);
    }
    List<String> kept = entries.subList(Math.max(0, entries.size() - MAX_ENTRIES), entries.size());
    int hops =
        invite.getMaxForwards() == null ? MAX_HOPS : invite.getMaxForwards().getMaxForwards();
    return new Passage(Math.clamp(hops, 0, 255), Personal.of(key, String.join("\n", kept)));
  }

  /** With all its parameters or none: what others add to them on the way does not count. */
  private static boolean same(String uri, String target) {
    return bare(uri).equals(bare(target));
  }

  private static String bare(String uri) {
    return uri.split("[;?]", 2)[0];
  }

  private static Optional<String> index(String parameters) {
    Matcher index = INDEX.matcher(parameters.trim());
    return index.find() ? Optional.of(index.group(1)) : Optional.empty();
  }

  private static String indexOf(String entry) {
    return index(entry.substring(entry.lastIndexOf('>') + 1)).orElse("1");
  }

  /**
   * The headers of an INVITE that goes on from there; none where nothing is known of its way.
   *
   * @param target what it is aimed at, which somebody here chose
   */
  static List<String> onward(Optional<Passage> passage, String target) {
    List<String> entries =
        new ArrayList<>(
            passage.flatMap(it -> it.history().text()).stream()
                .flatMap(String::lines)
                .filter(it -> !it.isEmpty())
                .toList());
    if (entries.isEmpty()) {
      return List.of();
    }
    String from = indexOf(entries.getLast());
    if (target.length() <= MAX_ENTRY_CHARS) {
      entries.add("<" + target + ">;index=" + from + ".1;mp=" + from);
    }
    return entries.stream().map(entry -> NAME + ": " + entry).toList();
  }

  /** How many hops are left to an INVITE that one that came so leads to. */
  static int hopsLeft(Optional<Passage> passage) {
    return Math.max(0, passage.map(Passage::maxForwards).orElse(MAX_HOPS + 1) - 1);
  }
}
