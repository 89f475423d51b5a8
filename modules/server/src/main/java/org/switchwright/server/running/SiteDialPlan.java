package org.switchwright.server.running;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.sip.DialPlan;

/** What can be dialled at a site: its routing points, and its agents' feature codes. */
final class SiteDialPlan implements DialPlan {
  private static final Target UNKNOWN = new Target.Unknown();

  private final Map<String, Target> targets = new TreeMap<>();

  SiteDialPlan(Configuration.Site site) {
    for (SiteConfiguration.RoutingPoint point : site.rules().points()) {
      targets.put(point.id().value(), new Target.RoutingPoint(point.id()));
    }
    Configuration.FeatureCodes codes = site.features();
    add(codes.logIn(), new Feature.LogIn());
    add(codes.logOut(), new Feature.LogOut());
    add(codes.ready(), new Feature.BeReady());
    add(codes.endWrapUp(), new Feature.EndWrapUp());
    codes
        .notReady()
        .ifPresent(prefix ->
            site.reasonCodes()
                .forEach((code, reason) ->
                    add(Optional.of(prefix + code), new Feature.BeNotReady(reason))));
  }

  private void add(Optional<String> digits, Feature feature) {
    digits.ifPresent(it -> targets.put(it, new Target.FeatureCode(feature)));
  }

  @Override
  public Target find(String userPart) {
    return targets.getOrDefault(userPart, UNKNOWN);
  }
}
