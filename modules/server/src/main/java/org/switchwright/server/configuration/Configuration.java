package org.switchwright.server.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchwright.cluster.link.WatchedSite;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Probing;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.strategy.TextCompiler;

/**
 * All that one node is told, checked as a whole. What each key means is said where its default
 * stands, in {@code reference.conf}.
 *
 * @param node tells this node from others of its cluster; names its SIP edge too
 * @param data where the node keeps what must survive it
 * @param customerRecord what desktops show beside what is attached to a call
 */
public record Configuration(
    EdgeId node,
    Path data,
    Cluster cluster,
    Storage database,
    Keys keys,
    Sip sip,
    Http http,
    Network network,
    Optional<CustomerRecordSettings> customerRecord,
    Site site) {

  /**
   * @param seeds {@code host:port} of nodes to join; empty: this node is a cluster of its own
   */
  public record Cluster(String address, int port, List<String> seeds) {}

  /** Where the journal lives. */
  public sealed interface Storage {
    int poolSize();

    /**
     * A PostgreSQL that the server brings along.
     *
     * @param binaries where its programs are unpacked, unless they are there already
     * @param port 0: any free one
     */
    record Embedded(Path home, Path binaries, int port, int poolSize) implements Storage {}

    /** A PostgreSQL of the operator's. Prints nothing of where it is and who may use it. */
    record Given(String url, String user, Path passwordFile, int poolSize) implements Storage {
      @Override
      public String toString() {
        return "Given[poolSize=" + poolSize + "]";
      }
    }
  }

  public record Keys(Path masterKeyFile) {}

  /**
   * @param algorithms names of digest algorithms, the best first
   * @param secretFile holds what all edges of the data center sign with; made when missing
   * @param probes of phones that may be out at once
   * @param sounds the folder of the operator's prompts and music
   * @param mixer the URI of a conference's room, with {@code {call}} for the call's id; empty where
   *     there are none
   * @param attachedFrom addresses whose INVITEs are believed to tell of callers
   * @param attachedHeaders the name that strategies know, and the header's
   * @param redirected addresses of trunks that are told where to go on, rather than relayed
   * @param maxCalls in the edge's table; one more is refused with 503
   * @param newCallsPerSecond above which new calls are refused with 503
   */
  public record Sip(
      String address,
      int port,
      String realm,
      List<String> algorithms,
      Path secretFile,
      Duration minRegistration,
      Duration maxRegistration,
      Probing.Times probing,
      int probes,
      Duration sessionInterval,
      Duration minSessionInterval,
      int firstMediaPort,
      int lastMediaPort,
      Optional<Path> sounds,
      Optional<String> mixer,
      List<String> attachedFrom,
      SortedMap<String, String> attachedHeaders,
      List<String> redirected,
      int maxCalls,
      int newCallsPerSecond) {}

  /**
   * @param maxFollowers event streams open at once
   * @param heartbeat how often an idle event stream shows that it is alive
   */
  public record Http(String address, int port, int maxFollowers, Duration heartbeat) {}

  /**
   * @param heartbeat how often each site is asked whether it is there
   * @param sites that this server watches; none: it watches nobody
   */
  public record Network(Duration heartbeat, List<WatchedSite> sites) {
    Set<String> names() {
      return sites.stream().map(it -> it.site().value()).collect(Collectors.toSet());
    }
  }

  /**
   * One call center.
   *
   * @param zone in which its days begin
   * @param passwordFile of the agents without hashes of their own
   * @param generatePasswords whether missing ones are made at the start
   * @param skills names of all that an agent can have
   * @param moreMusic names of what strategies may play beside the music of queues
   */
  public record Site(
      SiteId id,
      ZoneId zone,
      SiteConfiguration rules,
      SortedMap<AgentId, AgentSettings> agents,
      FeatureCodes features,
      SortedMap<String, String> reasonCodes,
      Optional<Path> passwordFile,
      boolean generatePasswords,
      List<String> skills,
      List<String> moreMusic) {

    /** What its strategies may name. */
    public TextCompiler.Known known() {
      return new TextCompiler.Known(
          rules.queues().stream().map(queue -> queue.id().value()).toList(),
          skills,
          music().toList());
    }

    /** The names of what its queues and its strategies play. */
    public Stream<String> music() {
      return Stream.concat(
              rules.queues().stream().flatMap(queue -> queue.music().stream()), moreMusic.stream())
          .distinct();
    }
  }

  public record AgentSettings(SortedMap<Skill, Integer> skills, Optional<Hashes> hashes) {}

  /** HA1 values by digest algorithm (RFC 7616 3.4.2): as good as the password, so never printed. */
  public record Hashes(Optional<String> sha256, Optional<String> md5) {
    @Override
    public String toString() {
      return "Hashes[withheld]";
    }
  }

  /**
   * What an agent dials to command what the console could; each may be switched off.
   *
   * @param notReady followed by the code of a reason
   */
  public record FeatureCodes(
      Optional<String> logIn,
      Optional<String> logOut,
      Optional<String> ready,
      Optional<String> notReady,
      Optional<String> endWrapUp) {}
}
