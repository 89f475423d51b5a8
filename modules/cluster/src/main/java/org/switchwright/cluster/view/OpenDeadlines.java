package org.switchwright.cluster.view;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.switchwright.domain.AgentId;

/** What waits for something: the source of whoever wakes what a dead node left behind. */
public final class OpenDeadlines {
  /**
   * @param persistenceId such as {@code call|c1}
   */
  public record OpenDeadline(String persistenceId, Instant due) {}

  private final ReadModels models;

  public OpenDeadlines(DataSource source) {
    this.models = new ReadModels(source);
  }

  /**
   * Everything that is due at an instant or earlier, longest due first. {@link Instant#MAX} stands
   * for everything that is open at all.
   *
   * @param after {@link Page#next()} of the page before; empty for the first
   * @param limit 1 to {@value Page#MAX_ROWS}
   */
  public Page<OpenDeadline> due(Instant until, Optional<String> after, int limit)
      throws SQLException {
    Page.checkLimit(limit);
    Optional<PageKey> key = after.map(PageKey::parse);
    boolean all = until.equals(Instant.MAX);
    String sql =
        "SELECT persistence_id, due FROM open_deadline WHERE TRUE"
            + (all ? "" : " AND due <= ?")
            + (key.isPresent() ? " AND (due, persistence_id) > (?, ?)" : "")
            + " ORDER BY due, persistence_id LIMIT ?";
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        Parameters parameters = new Parameters(select);
        if (!all) {
          parameters.at(until);
        }
        if (key.isPresent()) {
          parameters.at(key.get().at()).text(key.get().id());
        }
        parameters.number(limit + 1L);
        List<OpenDeadline> rows = new ArrayList<>();
        Cells cells = new Cells(select.executeQuery());
        while (cells.next()) {
          rows.add(new OpenDeadline(cells.text(), cells.at()));
        }
        return Page.of(rows, limit, asOf, row -> new PageKey(row.due(), row.persistenceId()));
      }
    });
  }

  /**
   * Agents whose site has not acknowledged their last report. Nothing is due there, and yet they
   * must be woken after their node died, or the site goes on believing the report before.
   *
   * @param limit 1 to {@value Page#MAX_ROWS}
   */
  public List<AgentId> unacknowledged(int limit) throws SQLException {
    Page.checkLimit(limit);
    return models.read((connection, _) -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT agent_id FROM agent_now WHERE version > acknowledged"
                  + " ORDER BY agent_id LIMIT ?")) {
        new Parameters(select).number(limit);
        List<AgentId> agents = new ArrayList<>();
        Cells cells = new Cells(select.executeQuery());
        while (cells.next()) {
          agents.add(new AgentId(cells.text()));
        }
        return agents;
      }
    });
  }
}
