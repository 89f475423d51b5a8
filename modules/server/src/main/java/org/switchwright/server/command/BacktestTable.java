package org.switchwright.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Locale;
import org.switchwright.domain.estimate.Backtest;
import org.switchwright.domain.estimate.BacktestReport;
import org.switchwright.domain.estimate.BacktestReport.Regret;
import org.switchwright.domain.estimate.BacktestReport.Row;
import org.switchwright.domain.estimate.BacktestReport.Skill;

/** A backtest's report for people and for programs. */
final class BacktestTable {
  private BacktestTable() {}

  static String table(BacktestReport report, boolean coloured) {
    Table table =
        new Table(
            "QUANTITY",
            "MIN",
            "CUTS",
            "TRUTH",
            "MAE",
            "BIAS",
            "SKILL: LAST",
            "AVERAGE",
            "BLEND",
            "CRPS",
            "COVER",
            "WIDTH");
    Table regrets = new Table("MIN", "MEAN", "BLEND", "LAST", "AVERAGE", "ORACLE WAITS");
    for (Row row : report.rows()) {
      table
          .row()
          .cell(name(row), Colours.CYAN)
          .cell(Integer.toString(row.minutes()))
          .cell(Integer.toString(row.scored()))
          .cell(number(row.truth()))
          .cell(number(row.error()))
          .cell(number("%+.3f", row.bias()))
          .cell(skill(row.last()))
          .cell(skill(row.average()))
          .cell(skill(row.blend()))
          .cell(number(row.crps()))
          .cell(number(row.coverage()))
          .cell(number(row.width()));
      row.regret()
          .ifPresent(it ->
              regrets
                  .row()
                  .cell(Integer.toString(row.minutes()))
                  .cell(number(it.mean()))
                  .cell(number(it.blend()))
                  .cell(number(it.last()))
                  .cell(number(it.average()))
                  .cell(number(it.oracle())));
    }
    Backtest.Plan plan = report.plan();
    return String.format(
            Locale.ROOT,
            "%d cuts on %d days from %s to %s, one every %d min; level %s, share %s, %d particles%n%n",
            report.cuts(),
            report.days(),
            LocalDate.ofEpochDay(plan.fromDay()),
            LocalDate.ofEpochDay(plan.toDay() - 1L),
            plan.cutEvery().toMinutes(),
            plan.level(),
            plan.share(),
            plan.particles())
        + table.render(coloured)
        + "\nRegret in seconds per call, by what the choice goes by\n\n"
        + regrets.render(coloured);
  }

  static String json(BacktestReport report) {
    Backtest.Plan plan = report.plan();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", LocalDate.ofEpochDay(plan.fromDay()).toString());
    json.put("to", LocalDate.ofEpochDay(plan.toDay() - 1L).toString());
    json.put("cutEveryMinutes", plan.cutEvery().toMinutes());
    json.put("level", plan.level().name());
    json.put("share", plan.share());
    json.put("particles", plan.particles());
    json.put("seed", plan.seed());
    json.put("cuts", report.cuts());
    json.put("days", report.days());
    var rows = json.putArray("rows");
    for (Row row : report.rows()) {
      ObjectNode it = rows.addObject();
      it.put("quantity", name(row));
      it.put("unit", row.quantity().unit());
      it.put("horizonMinutes", row.minutes());
      it.put("cuts", row.scored());
      put(it, "truthMean", row.truth());
      put(it, "meanAbsoluteError", row.error());
      put(it, "meanAbsoluteErrorOfMean", row.errorOfMean());
      put(it, "bias", row.bias());
      put(it.putObject("last"), row.last());
      put(it.putObject("average"), row.average());
      put(it.putObject("blend"), row.blend());
      put(it, "crps", row.crps());
      put(it, "coverage", row.coverage());
      put(it, "width", row.width());
      row.regret().ifPresent(regret -> put(it.putObject("regretSecondsPerCall"), regret));
    }
    return json.toPrettyString() + "\n";
  }

  private static void put(ObjectNode json, Skill skill) {
    put(json, "meanAbsoluteError", skill.error());
    put(json, "skill", skill.skill());
    put(json, "skillLow", skill.low());
    put(json, "skillHigh", skill.high());
  }

  private static void put(ObjectNode json, Regret regret) {
    put(json, "mean", regret.mean());
    put(json, "blend", regret.blend());
    put(json, "last", regret.last());
    put(json, "average", regret.average());
    put(json, "oracleWait", regret.oracle());
  }

  /** What is not known is left out. */
  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    }
  }

  private static String name(Row row) {
    return row.quantity().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String number(double value) {
    return number("%.3f", value);
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }

  private static String skill(Skill skill) {
    return Double.isFinite(skill.skill())
        ? String.format(
            Locale.ROOT,
            "%.0f%% [%.0f,%.0f]",
            100 * skill.skill(),
            100 * skill.low(),
            100 * skill.high())
        : "-";
  }
}
