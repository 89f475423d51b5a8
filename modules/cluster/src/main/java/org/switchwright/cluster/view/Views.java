package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.projection.Projection;
import org.switchwright.journal.reader.JournalRow;

/**
 * All read models in one projection: they advance together, in one transaction with the offset, so
 * that what they say of one moment agrees. Reads no personal text and needs no keys.
 */
public final class Views implements Projection {
  static final String NAME = "views";

  private final EventFormat format = new EventFormat(new SealedPersonal());
  private final List<View> views = views(new SkillLevels(format.mapper()));

  private static List<View> views(SkillLevels levels) {
    return List.of(
        new LiveCallView(),
        new QueueView(new SiteQueues(levels)),
        new CallHistoryView(),
        new AgentView(levels),
        new OpenDeadlineView(),
        new CallMentionView(),
        new StatisticsView(),
        new HistoryView(),
        new StrategyView());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void handle(Connection connection, List<JournalRow> rows) throws SQLException {
    List<Happening> batch = rows.stream().map(row -> Happening.read(format, row)).toList();
    for (View view : views) {
      view.handle(connection, batch);
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    List<String> tables = views.stream().flatMap(view -> view.tables().stream()).toList();
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE " + String.join(", ", tables));
    }
  }
}
