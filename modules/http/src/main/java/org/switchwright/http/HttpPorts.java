package org.switchwright.http;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.http.query.AccessTokens;
import org.switchwright.http.query.CallStories;
import org.switchwright.http.query.CustomerRecords;
import org.switchwright.http.query.DesktopTokens;
import org.switchwright.http.query.Desktops;
import org.switchwright.http.query.Erasure;
import org.switchwright.http.query.EventFeed;
import org.switchwright.http.query.HandoverAddresses;
import org.switchwright.http.query.Health;
import org.switchwright.http.query.LinkTokens;
import org.switchwright.http.query.NetworkQueries;
import org.switchwright.http.query.SiteHistories;
import org.switchwright.http.query.SiteQueries;
import org.switchwright.http.query.SiteSchedules;
import org.switchwright.http.query.SiteStatistics;

/**
 * The rooms behind HTTP.
 *
 * @param notReadyReasons that agents may give
 * @param strategies checks what is to be published, before it is
 * @param mixer the URI of a conference's room, with {@code {call}} for the call's id
 * @param keys for what other sites tell of persons
 * @param addresses where calls from other sites come
 * @param metrics the present figures in Prometheus' text format
 * @param clock says when a wish was uttered
 */
public record HttpPorts(
    SiteId site,
    List<String> notReadyReasons,
    SiteQueries queries,
    SiteStatistics statistics,
    CallStories stories,
    EventFeed feed,
    Erasure erasure,
    Health health,
    AccessTokens tokens,
    NetworkQueries network,
    SiteHistories histories,
    SiteSchedules schedules,
    LinkTokens links,
    Desktops desktops,
    CustomerRecords records,
    DesktopTokens desktopTokens,
    AgentIntake agents,
    CallIntake calls,
    StrategyCompiler strategies,
    Optional<String> mixer,
    PersonalKeys keys,
    HandoverAddresses addresses,
    Supplier<String> metrics,
    InstantSource clock) {}
