package org.switchwright.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.InstantSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.keys.KeyRing;
import org.switchwright.journal.store.JournalConfiguration;

/** Starts nodes with the configuration that they have in production. */
final class TestNodes {
  private TestNodes() {}

  static ClusterNode start(DatabaseSettings settings, KeyRing keys, String address) {
    Config own =
        ConfigFactory.parseString(
            "pekko.remote.artery.canonical { hostname = \"" + address + "\", port = 0 }");
    return ClusterNode.start(
        own.withFallback(JournalConfiguration.of(settings))
            .withFallback(ConfigFactory.parseResources("switchwright-cluster.conf"))
            .withFallback(ConfigFactory.load())
            .resolve(),
        new EventFormat(keys),
        new SiteId("site"),
        StrategyCompiler.NONE,
        NetworkFigures.NONE,
        InstantSource.system());
  }
}
