package org.switchwright.domain.estimate;

/**
 * Who comes and goes in one course: as the path says that it drew, as far as agents follow the line
 * ({@link StaffingResponse}), and as what is seen of answers says.
 */
final class Staffing {
  private static final int LEAD_MINUTES = 2;
  private static final double MORE = 2.5;
  private static final double MOST_MORE = 0.5;
  private static final double FORGOTTEN_PER_MINUTE = 1 / 60.0;

  private final StaffingPaths.Path path;

  private int correction;

  /** By how much longer than usual the line has been of late, as agents feel it. */
  private double felt;

  private final double[] unsure;

  /**
   * @param unsure by minute, by what part of it the number of agents may differ
   */
  Staffing(StaffingPaths.Path path, double[] unsure) {
    this.path = path;
    this.unsure = unsure;
  }

  Staffing copy() {
    Staffing copy = new Staffing(path, unsure);
    copy.correction = correction;
    copy.felt = felt;
    return copy;
  }

  /** Of agents who seem free and take no call, the share who are not there at all. */
  double gone(int minute) {
    return unsure[Math.min(minute, unsure.length - 1)];
  }

  /** Of those who answer although nobody seemed free, the share of whom the path did not know. */
  double more(int minute) {
    return Math.min(MOST_MORE, MORE * gone(minute));
  }

  /** There is somebody of whom the path did not know. */
  void oneMore() {
    correction++;
  }

  /** Somebody of whom the path knew is not there. */
  void oneLess() {
    correction--;
  }

  /**
   * What happens at a full minute.
   *
   * @param longer by how many calls the line is longer than usual
   * @param response how many more agents are there for each of them
   */
  void follow(int minute, Floor floor, double longer, double response, double now, Chance chance) {
    if (correction != 0 && chance.uniform() < FORGOTTEN_PER_MINUTE) {
      correction -= Integer.signum(correction);
    }
    felt = StaffingResponse.felt(felt, StaffingResponse.bounded(longer, path.at(minute)), 1);
    int wanted = wanted(minute, response);
    // Who leaves ends a call first, so those who are to have left soon do it now.
    int most = wanted(minute + LEAD_MINUTES, response);
    int there = floor.staying();
    if (most >= wanted || there < Math.min(wanted, most)) {
      most = wanted;
    }
    while (there < Math.min(wanted, most)) {
      if (!floor.keepOne()) {
        floor.add(path.day().someone(now, floor, chance), now);
      }
      there++;
    }
    while (there > Math.max(most, 0)) {
      int agent = floor.nextToLeave();
      if (floor.talks(agent)) {
        floor.leave(agent);
      } else {
        floor.remove(agent);
      }
      there--;
    }
  }

  private int wanted(int minute, double response) {
    return Math.max(0, (int) Math.floor(path.at(minute) + response * felt) + correction);
  }
}
